import { type EnvelopeLayout, type SignatureSuite, SignError } from '@egov-gateway/core';

import { securityNamespace } from './vocabulary.ts';

/** An envelope with everything in it but the signature. */
export interface PreparedEnvelope {
  readonly bytes: Uint8Array;
  /** Where the header block goes, in bytes. */
  readonly headerInsertAt: number;
  /** A prefix that is bound to the namespace of the envelope where the header block goes. */
  readonly soapPrefix: string;
  /** The declaration of that prefix, with a space before it, when the header block itself must make it. */
  readonly declareSoapPrefix: string;
  readonly bodyId: string;
  /** Digest of the canonical Body. */
  readonly digest: Uint8Array;
}

/** An id that needs no escape in a fragment and no other alphabet in a log. */
export const idPattern: RegExp = /^[A-Za-z_][\w.-]{0,127}$/;

const GREATER = 0x3e;
const SLASH = 0x2f;
/** A start tag of a Body is longer than this only when somebody else wrote it. */
const maxStartTag = 1024;

function refused(message: string): SignError {
  return new SignError(`the layout does not describe the envelope: ${message}`, {
    code: 'ERR_SIGN_ENVELOPE',
  });
}

function assertRanges(
  { headerInsertAt, bodyStart, bodyEnd, wireOnly }: EnvelopeLayout,
  length: number,
): void {
  const offsets = [
    0,
    headerInsertAt,
    bodyStart,
    ...wireOnly.flatMap((range) => [range[0], range[1]]),
    bodyEnd,
    length,
  ];
  let last = -1;
  for (const offset of offsets) {
    // Written so that NaN is refused as well.
    if (!Number.isInteger(offset) || !(offset >= last)) throw refused('its offsets are out of order');
    last = offset;
  }
}

/** The prefix of the Body. */
function readStartTag(bytes: Buffer, { headerInsertAt, bodyStart, bodyEnd, bodyId }: EnvelopeLayout): string {
  if (!idPattern.test(bodyId)) throw refused('the id of the Body must be letters, digits and ._- only');
  const start = bytes.toString('latin1', bodyStart, Math.min(bodyEnd, bodyStart + maxStartTag));
  const tag = start.slice(0, start.indexOf('>') + 1);
  const prefix = /^<([A-Za-z_][\w.-]*):Body /.exec(tag)?.[1];
  if (prefix === undefined || !tag.includes(` wsu:Id="${bodyId}"`)) {
    throw refused('expected the start tag of the Body with its wsu:Id at bodyStart');
  }
  const endTag = `</${prefix}:Body>`;
  if (bytes.toString('latin1', bodyEnd - endTag.length, bodyEnd) !== endTag) {
    throw refused('expected the end tag of the Body before bodyEnd');
  }
  const head = bytes.toString('latin1', 0, headerInsertAt);
  const isBehindStartTag = bytes[headerInsertAt - 1] === GREATER && bytes[headerInsertAt - 2] !== SLASH;
  if (!isBehindStartTag || !head.includes(` xmlns:${prefix}="`)) {
    throw refused('expected the start tag of the Header before headerInsertAt');
  }
  return prefix;
}

/**
 * Takes the word of the canonical writer for where Header and Body lie, and reads nothing. Checks only what is cheap.
 *
 * @throws {SignError} `ERR_SIGN_ENVELOPE` when the layout is not one of this envelope
 * @throws {SignError} `ERR_SIGN_ALREADY_SIGNED` when there is a security header
 */
export function prepareByLayout(
  envelope: Uint8Array,
  layout: EnvelopeLayout,
  suite: SignatureSuite,
): PreparedEnvelope {
  const { headerInsertAt, bodyStart, bodyEnd, bodyId, wireOnly } = layout;
  const bytes = Buffer.from(envelope.buffer, envelope.byteOffset, envelope.byteLength);
  assertRanges(layout, bytes.length);
  const soapPrefix = readStartTag(bytes, layout);
  if (bytes.toString('latin1', headerInsertAt, bodyStart).includes(securityNamespace)) {
    throw new SignError('the envelope has a security header already', { code: 'ERR_SIGN_ALREADY_SIGNED' });
  }

  const digest = suite.createDigest();
  let from = bodyStart;
  for (const [start, end, canonical] of wireOnly) {
    digest.update(envelope.subarray(from, start));
    if (canonical !== undefined) digest.update(canonical);
    from = end;
  }
  digest.update(envelope.subarray(from, bodyEnd));
  return {
    bytes: envelope,
    headerInsertAt,
    soapPrefix,
    declareSoapPrefix: '',
    bodyId,
    digest: digest.digest(),
  };
}
