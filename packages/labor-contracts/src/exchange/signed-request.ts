import type { DataCodec } from '@egov-gateway/core';
import { presignedPayload } from '@egov-gateway/payload';
import { parseXml } from '@egov-gateway/xml';

import { contractNamespace, rootName } from '../operations/wire-names.ts';
import { type ContractIssue, scseIssue } from '../rules/contract-issue.ts';

/** How the signed document lies in `data`. Which of them ВШЭП wants today is not known; the first was seen in 2018. */
export type PayloadMode =
  /** As `xs:string`, escaped. Grade B. */
  | 'string-escaped'
  /** As `xs:string`, in CDATA sections: to XML, and to the transport signature, the same. */
  | 'string-cdata'
  /** As an element. The payload is signed with exclusive C14N, which survives the envelope. Grade C. */
  | 'element';

const styles = { 'string-escaped': 'text', 'string-cdata': 'cdata', element: 'element' } as const;

/** @throws {TypeError} when it is no mode */
export function checkPayloadMode(mode: PayloadMode): void {
  if (!Object.hasOwn(styles, mode)) {
    throw new TypeError("payloadMode must be 'string-escaped', 'string-cdata' or 'element'");
  }
}

/** The codec of signed documents: text or UTF-8 octets to send, text when read. */
export function signedRequestCodec(mode: PayloadMode, maxBytes: number): DataCodec<string | Uint8Array> {
  const payload = presignedPayload({ style: styles[mode] });
  return {
    validate(document) {
      const issues = payload.validate(document);
      return issues.length > 0 ? issues : documentIssues(document, maxBytes);
    },
    write: (document, writer) => payload.write(document, writer),
    read: (data) => payload.read(data),
  };
}

/** What a finished document breaks. It is XML: that was checked before. */
export function documentIssues(document: string | Uint8Array, maxBytes: number): ContractIssue[] {
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document;
  const issues: ContractIssue[] = [];
  const path = `/${rootName}`;
  if (bytes.length > maxBytes) {
    const message = `must have at most ${maxBytes} octets with its signature, has ${bytes.length}`;
    issues.push(scseIssue(path, 'max-bytes', message, 'SCSE999'));
  }
  const { root } = parseXml(bytes);
  if (root.localName !== rootName || root.namespace !== contractNamespace) {
    issues.push({ path, rule: 'root', message: 'must be a contractRequest of the namespace of ЕСУТД' });
  } else if (root.child('Signature', 'http://www.w3.org/2000/09/xmldsig#') === undefined) {
    issues.push(scseIssue(path, 'unsigned', 'must carry the signature of the employer', 'SCSE001'));
  }
  return issues;
}
