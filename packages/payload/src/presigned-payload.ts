import { ParseError, type ValidationIssue, type XmlElement, XmlError } from '@egov-gateway/core';
import { parseXml } from '@egov-gateway/xml';

import { copyDataElement, isDataElement } from './data-element.ts';
import { writeDataType } from './data-style.ts';
import { childrenCalled, elementsWithin } from './element-walk.ts';
import type { Payload } from './payload.ts';
import {
  dsigNamespace,
  envelopedSignature,
  exclusiveC14n,
  exclusiveC14nWithComments,
} from './payload-signature/vocabulary.ts';

/** How {@link presignedPayload} puts the document into `data`. */
export interface PresignedPayloadOptions {
  /**
   * `text`: the document, character for character, escaped, as `xs:string`. Whatever its signature covers survives.
   * `cdata`: the same in CDATA sections, for receivers that insist on them.
   * `element`: its root becomes the child of `data`, or, when it is called `data` itself and has no namespace, gives its
   * type and content. Refused when a signature in it uses inclusive C14N, because the
   * namespaces of the envelope would become part of what was signed. Default: `text`.
   */
  readonly style?: 'text' | 'cdata' | 'element';
  /** Whether `data` says `xsi:type="xs:string"` in the styles `text` and `cdata`. Default: true. */
  readonly typed?: boolean;
}

/**
 * A finished XML document, usually one that {@link signPayload} or another signer has signed, sent untouched.
 *
 * Reading gives the document as text: the very characters that came as text, or the canonical form of the one child
 * element, for {@link verifyPayload} to check.
 *
 * @throws {TypeError} when the style is unknown
 */
export function presignedPayload(
  options: PresignedPayloadOptions = {},
): Pick<Payload<string, string | Uint8Array>, 'validate' | 'write' | 'read'> {
  const { style = 'text', typed = true } = options;
  if (style !== 'text' && style !== 'cdata' && style !== 'element') {
    throw new TypeError("style must be 'text', 'cdata' or 'element'");
  }
  return {
    validate(document) {
      const root = readRoot(document);
      if (!('localName' in root)) return [root];
      return style === 'element' ? inclusiveSignatures(root) : [];
    },
    write(document, writer) {
      if (style !== 'element') {
        writeDataType({ style: 'text', typed }, writer);
        if (style === 'cdata' && writer.cdata !== undefined) writer.cdata(textOf(document));
        else writer.text(textOf(document));
      } else {
        const { root } = parseXml(bytesOf(document));
        if (isDataElement(root)) copyDataElement(root, writer);
        else writer.copy(root);
      }
    },
    read(data) {
      const { first } = data;
      if (first === undefined) return data.text();
      if (first.next === undefined) return first.toXml();
      throw new ParseError('expected one document, found several elements', {
        code: 'ERR_PARSE_UNEXPECTED_ELEMENT',
        path: first.next.path,
      });
    },
  };
}

function readRoot(document: string | Uint8Array): XmlElement | ValidationIssue {
  if (typeof document !== 'string' && !((document as unknown) instanceof Uint8Array)) {
    return { path: '', rule: 'type', message: 'must be an XML document, as text or UTF-8 octets' };
  }
  try {
    return parseXml(bytesOf(document)).root;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const message = `must be XML without DOCTYPE and instructions; see ${error.code} at line ${error.line}, column ${error.column}`;
    return { path: '', rule: 'xml', message };
  }
}

/** Every signature that would break inside an envelope. */
function inclusiveSignatures(root: XmlElement): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  for (const element of elementsWithin(root)) {
    if (element.localName !== 'SignedInfo' || element.namespace !== dsigNamespace) continue;
    if (survivesEnvelope(element)) continue;
    issues.push({
      path: element.path,
      rule: 'inclusive-c14n',
      message:
        "was signed with inclusive C14N and would break inside an envelope; send it with style: 'text'",
    });
  }
  return issues;
}

/** Whether nothing that is signed takes in namespaces from outside: all C14N is exclusive, without a prefix list. */
function survivesEnvelope(signedInfo: XmlElement): boolean {
  for (const element of elementsWithin(signedInfo)) {
    if (
      element.localName === 'InclusiveNamespaces' &&
      (element.attribute('PrefixList') ?? '').trim() !== ''
    ) {
      return false;
    }
  }
  const methods = childrenCalled(signedInfo, 'CanonicalizationMethod', dsigNamespace);
  const references = childrenCalled(signedInfo, 'Reference', dsigNamespace);
  return (
    methods.length === 1 &&
    methods.every((method) => isExclusive(method)) &&
    references.length > 0 &&
    references.every((reference) => isIndependent(reference))
  );
}

/** A reference without a C14N transform of its own is canonicalised inclusively. */
function isIndependent(reference: XmlElement): boolean {
  const transforms = childrenCalled(reference, 'Transforms', dsigNamespace).flatMap((list) =>
    childrenCalled(list, 'Transform', dsigNamespace),
  );
  const others = transforms.filter((transform) => !isExclusive(transform));
  return (
    others.length < transforms.length &&
    others.every((transform) => transform.attribute('Algorithm') === envelopedSignature)
  );
}

function isExclusive(element: XmlElement): boolean {
  const algorithm = element.attribute('Algorithm');
  return algorithm === exclusiveC14n || algorithm === exclusiveC14nWithComments;
}

function textOf(document: string | Uint8Array): string {
  return typeof document === 'string' ? document : new TextDecoder('utf-8', { fatal: true }).decode(document);
}

function bytesOf(document: string | Uint8Array): Uint8Array {
  return typeof document === 'string' ? new TextEncoder().encode(document) : document;
}
