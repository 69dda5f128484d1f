/**
 * Damage done to the signed bytes, on the way out.
 *
 * @module
 */
import { parseXml, type XmlNode } from '@egov-gateway/xml';

import { firstTextLeaf, nodeAt } from './find-node.ts';
import type { MisbehaviourName } from './menu.ts';

const ds = 'http://www.w3.org/2000/09/xmldsig#';
const bom = Buffer.from([0xef, 0xbb, 0xbf]);

type TextEdit = (source: string, root: XmlNode) => string;

/** The Body with one character of its first text exchanged. */
function forgedBody(source: string, body: XmlNode): string {
  const text = source.slice(body.startOffset, body.endOffset);
  const leaf = firstTextLeaf(nodeAt(body, ['SendMessageResponse', 'response', 'responseData']), source);
  const at = leaf ?? firstTextLeaf(body, source);
  if (at === undefined) return text;
  const index = at.startTagEnd - body.startOffset;
  return `${text.slice(0, index)}${text[index] === '0' ? '1' : '0'}${text.slice(index + 1)}`;
}

const tamperedBody: TextEdit = (source, root) => {
  const body = nodeAt(root, ['Body']);
  if (body === undefined) return source;
  return source.slice(0, body.startOffset) + forgedBody(source, body) + source.slice(body.endOffset);
};

/** Moves the signed Body into a header block and puts a forged one in its place. */
const wrapped =
  (forge: (body: string) => string): TextEdit =>
  (source, root) => {
    const [header, body] = [nodeAt(root, ['Header']), nodeAt(root, ['Body'])];
    if (header === undefined || body === undefined) return source;
    const original = source.slice(body.startOffset, body.endOffset);
    const block = `<w:Wrapper xmlns:w="urn:example:wrapper">${original}</w:Wrapper>`;
    const headerEnd = source.lastIndexOf('</', header.endOffset - 1);
    return (
      source.slice(0, headerEnd) +
      block +
      source.slice(headerEnd, body.startOffset) +
      forge(forgedBody(source, body)) +
      source.slice(body.endOffset)
    );
  };

const secondSignature: TextEdit = (source, root) => {
  const security = nodeAt(root, ['Header', 'Security']);
  if (security === undefined) return source;
  const empty = `<ds:Signature xmlns:ds="${ds}"></ds:Signature>`;
  return source.slice(0, security.startTagEnd) + empty + source.slice(security.startTagEnd);
};

const doctype: TextEdit = (source, root) =>
  source.slice(0, root.startOffset) +
  `<!DOCTYPE Envelope [<!ENTITY e "emulator">]>` +
  source.slice(root.startOffset);

const textEdits: Partial<Record<MisbehaviourName, TextEdit>> = {
  'tampered-body': tamperedBody,
  'duplicate-id': wrapped((body) => body),
  'wrapped-body': wrapped((body) => body.replace(/(?<=:Id=")[^"]*/, 'id-forged')),
  'second-signature': secondSignature,
  doctype,
};

/** The signed envelope with the damage of an `envelope` scenario. @internal */
export function editEnvelope(envelope: Uint8Array, name: MisbehaviourName): Uint8Array {
  if (name === 'bom') return Buffer.concat([bom, envelope]);
  if (name === 'truncated-xml') return envelope.subarray(0, Math.floor(envelope.length * 0.6));
  const edit = textEdits[name];
  if (edit === undefined) return envelope;
  const document = parseXml(envelope);
  return Buffer.from(edit(document.source, document.root));
}
