import { GatewayError, type SignatureSuite, SignError } from '@egov-gateway/core';
import { digestCanonical, parseXml, type XmlDocument, type XmlLimits, type XmlNode } from '@egov-gateway/xml';

import { straySignature } from './find-signature.ts';
import { type EnvelopeParts, locateBody } from './locate-body.ts';
import { idPattern, type PreparedEnvelope } from './prepared-envelope.ts';
import { assertTargetIsBody } from './reference-target.ts';
import { isNamed } from './strict-children.ts';
import { securityNamespace, utilityNamespace } from './vocabulary.ts';

/** How an envelope of unknown origin is read. */
export interface ReadEnvelopeOptions {
  readonly suite: SignatureSuite;
  /** Makes a whole id. */
  readonly newId: () => string;
  readonly limits: { readonly limits?: Partial<XmlLimits> };
}

/** Text to put in place of `[start, end)`, in UTF-16 units of the source. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What reading refuses is, here, an envelope that cannot be signed. */
function asSignError<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof GatewayError)) throw cause;
    throw new SignError('the envelope cannot be signed: it would not be accepted when it is read', {
      code: 'ERR_SIGN_ENVELOPE',
      cause,
    });
  }
}

function assertUnsigned(parts: EnvelopeParts): void {
  const blocks = [...(parts.header?.children() ?? [])];
  const isSigned =
    blocks.some((block) => isNamed(block, 'Security', securityNamespace)) ||
    straySignature(parts) !== undefined;
  if (isSigned) {
    throw new SignError('the envelope has a security header or a signature outside data already', {
      code: 'ERR_SIGN_ALREADY_SIGNED',
    });
  }
}

function qualifiedName({ prefix, localName }: { prefix: string; localName: string }): string {
  return prefix === '' ? localName : `${prefix}:${localName}`;
}

function headerEdit({ envelope, header }: EnvelopeParts): Edit | undefined {
  if (header === undefined) {
    const name = qualifiedName({ prefix: envelope.prefix, localName: 'Header' });
    return { start: envelope.startTagEnd, end: envelope.startTagEnd, text: `<${name}></${name}>` };
  }
  if (header.startTagEnd !== header.endOffset) return undefined;
  return { start: header.endOffset - 2, end: header.endOffset, text: `></${qualifiedName(header)}>` };
}

/** The id of the Body is kept when there is one: something else may refer to it. */
function idEdit(body: XmlNode, newId: () => string): Edit | undefined {
  const id = body.attribute('Id', utilityNamespace);
  if (id !== undefined) {
    if (idPattern.test(id)) return undefined;
    throw new SignError('the wsu:Id of the Body must be letters, digits and ._- only', {
      code: 'ERR_SIGN_ENVELOPE',
    });
  }
  const bound = body.lookupNamespace('wsu');
  if (bound !== undefined && bound !== utilityNamespace) {
    throw new SignError('the prefix wsu means another namespace in the Body', { code: 'ERR_SIGN_ENVELOPE' });
  }
  const startTag = body.document.source.slice(body.startOffset, body.startTagEnd);
  const isDeclared = bound !== undefined && /\sxmlns:wsu\s*=/.test(startTag);
  const declaration = isDeclared ? '' : ` xmlns:wsu="${utilityNamespace}"`;
  const at = body.startOffset + 1 + qualifiedName(body).length;
  return { start: at, end: at, text: `${declaration} wsu:Id="${newId()}"` };
}

/** Bytes before the given UTF-16 unit of the source, in which there is no byte order mark and CR LF is one unit. */
function byteOffset(bytes: Uint8Array, unit: number): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let units = 0; units < unit; units++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) at += byte === 0x0d && bytes[at + 1] === 0x0a ? 2 : 1;
    else if (byte < 0xe0) at += 2;
    else if (byte < 0xf0) at += 3;
    else {
      at += 4;
      units++;
    }
  }
  return at;
}

/** The same bytes with the edits made, which must be in ascending order. */
function edited(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const { start, end, text } of edits) {
    pieces.push(bytes.subarray(from, byteOffset(bytes, start)), Buffer.from(text));
    from = byteOffset(bytes, end);
  }
  pieces.push(bytes.subarray(from));
  return Buffer.concat(pieces);
}

function read(
  bytes: Uint8Array,
  { limits }: ReadEnvelopeOptions,
): { document: XmlDocument; parts: EnvelopeParts } {
  const document = parseXml(bytes, limits);
  return { document, parts: locateBody(document) };
}

/**
 * Reads an envelope that somebody else wrote, and adds what a signature needs: an id on the Body and a Header. All
 * its other bytes stay as they are.
 *
 * @throws {SignError} `ERR_SIGN_ENVELOPE` when it is no envelope that a verifier would accept
 * @throws {SignError} `ERR_SIGN_ALREADY_SIGNED`
 */
export function prepareByReading(envelope: Uint8Array, options: ReadEnvelopeOptions): PreparedEnvelope {
  let bytes = envelope;
  let { document, parts } = asSignError(() => read(bytes, options));
  assertUnsigned(parts);
  const edits = [headerEdit(parts), idEdit(parts.body, options.newId)].filter((edit) => edit !== undefined);
  if (edits.length > 0) {
    bytes = edited(envelope, edits);
    ({ document, parts } = asSignError(() => read(bytes, options)));
  }

  const { header, body, soapNamespace } = parts;
  const bodyId = body.attribute('Id', utilityNamespace);
  if (header === undefined || bodyId === undefined) throw new TypeError('Header or id were not added');
  asSignError(() => assertTargetIsBody(document, body, bodyId, { acceptUnqualifiedId: false }));
  const digest = options.suite.createDigest();
  digestCanonical(body, {}, digest);
  return {
    bytes,
    headerInsertAt: byteOffset(bytes, header.startTagEnd),
    soapPrefix: header.prefix === '' ? 'soap' : header.prefix,
    declareSoapPrefix: header.prefix === '' ? ` xmlns:soap="${soapNamespace}"` : '',
    bodyId,
    digest: digest.digest(),
  };
}
