/**
 * Damage done before the envelope is signed: the signature covers it, so only a careful reader notices.
 *
 * @module
 */
import { parseXml, type XmlNode } from '@egov-gateway/xml';

import { type ByteEdit, editWritten, type WrittenBytes } from './edit-written.ts';
import { firstTextLeaf, nodeAt } from './find-node.ts';
import type { MisbehaviourName } from './menu.ts';

const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const soap12 = 'http://www.w3.org/2003/05/soap-envelope';
const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

const responsePath = ['Body', '*', 'response'] as const;
const dataPath = [...responsePath, 'responseData', 'data'] as const;
const infoPath = [...responsePath, 'responseInfo'] as const;

/** Byte offsets of a node: the reader counts in the decoded text. */
class ByteOffsets {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  at(offset: number): number {
    return Buffer.byteLength(this.#source.slice(0, offset));
  }

  whole(node: XmlNode): { start: number; end: number } {
    return { start: this.at(node.startOffset), end: this.at(node.endOffset) };
  }
}

type Edits = (root: XmlNode, offsets: ByteOffsets, source: string) => readonly ByteEdit[];

const replaceData =
  (text: string): Edits =>
  (root, offsets) => {
    const data = nodeAt(root, dataPath);
    return data === undefined ? [] : [{ ...offsets.whole(data), text }];
  };

const mangledData: Edits = (root, offsets) => {
  const data = nodeAt(root, dataPath);
  if (data === undefined) return [];
  const edits: ByteEdit[] = [
    {
      start: offsets.at(data.startOffset),
      end: offsets.at(data.startTagEnd),
      text: `<data xmlns="${xsi}" type="xsd:string">`,
    },
  ];
  for (const child of data.children()) {
    if (child.prefix !== '' || child.namespace !== '') continue;
    // The children stay in no namespace, as exclusive C14N then says on each of them.
    const nameEnd = offsets.at(child.startOffset) + 1 + Buffer.byteLength(child.localName);
    edits.push({ start: nameEnd, end: nameEnd, text: ' xmlns=""' });
  }
  return edits;
};

const missingResponseInfo: Edits = (root, offsets) => {
  const info = nodeAt(root, infoPath);
  return info === undefined ? [] : [{ ...offsets.whole(info), text: '' }];
};

const wrongMessageId: Edits = (root, offsets) => {
  const id = nodeAt(root, [...infoPath, 'messageId']);
  return id === undefined ? [] : [{ ...offsets.whole(id), text: '<messageId>216386080</messageId>' }];
};

const commentInText: Edits = (root, offsets, source) => {
  const leaf = firstTextLeaf(nodeAt(root, dataPath) ?? nodeAt(root, ['Body']), source);
  if (leaf === undefined) return [];
  const [character = ''] = source.slice(leaf.startTagEnd, leaf.startTagEnd + 2);
  const at = offsets.at(leaf.startTagEnd + character.length);
  return [{ start: at, end: at, text: '<!-- emulator -->', isWireOnly: true }];
};

const processingInstruction: Edits = (root, offsets) => {
  const content = nodeAt(root, ['Body'])?.first;
  if (content === undefined) return [];
  const at = offsets.at(content.startTagEnd);
  return [{ start: at, end: at, text: '<?emulator careless?>' }];
};

function mojibake({ bytes, layout }: WrittenBytes): readonly ByteEdit[] {
  const edits: ByteEdit[] = [];
  for (let start = layout.bodyStart; start < layout.bodyEnd; start++) {
    if ((bytes[start] ?? 0) < 0x80) continue;
    let end = start;
    while (end < layout.bodyEnd && (bytes[end] ?? 0) >= 0x80) end++;
    // Every octet of the UTF-8 form becomes a character of its own.
    edits.push({ start, end, text: Buffer.from(bytes.subarray(start, end)).toString('latin1') });
    start = end;
  }
  return edits;
}

/** Every place of `pattern` between two offsets, replaced. The pattern has no Cyrillic, so Latin-1 keeps the offsets. */
function replaceAll(
  { bytes }: WrittenBytes,
  range: { readonly start: number; readonly end: number },
  pattern: RegExp,
  replacement: (match: string) => string,
): readonly ByteEdit[] {
  const text = Buffer.from(bytes.subarray(range.start, range.end)).toString('latin1');
  return [...text.matchAll(pattern)].map((match) => {
    const start = range.start + match.index;
    return { start, end: start + match[0].length, text: replacement(match[0]) };
  });
}

/** The Body under another prefix than Envelope and Header; both are declared on the Envelope, as was seen. */
function twoPrefixes(written: WrittenBytes): readonly ByteEdit[] {
  const { bodyStart: start, bodyEnd: end } = written.layout;
  const root = { start: 0, end: written.layout.headerInsertAt };
  return [
    ...replaceAll(written, root, /(?<=<soap:Envelope) /g, () => ` xmlns:SOAP-ENV="${soap11}" `),
    ...replaceAll(written, { start, end }, /(?<=<\/?)soap(?=:)|(?<= xmlns:)soap(?==)/g, () => 'SOAP-ENV'),
  ];
}

function soapTwelve(written: WrittenBytes): readonly ByteEdit[] {
  const pattern = new RegExp(`(?<==")${soap11.replaceAll('.', '\\.')}(?=")`, 'g');
  return replaceAll(written, { start: 0, end: written.bytes.length }, pattern, () => soap12);
}

const byTree: Partial<Record<MisbehaviourName, Edits>> = {
  'mangled-data': mangledData,
  'empty-data': replaceData('<data></data>'),
  'nil-data': replaceData(`<data xmlns:xsi="${xsi}" xsi:nil="true"></data>`),
  'missing-data': replaceData(''),
  'missing-response-info': missingResponseInfo,
  'wrong-message-id': wrongMessageId,
  'comment-in-text': commentInText,
  'processing-instruction': processingInstruction,
};

const byBytes: Partial<Record<MisbehaviourName, (written: WrittenBytes) => readonly ByteEdit[]>> = {
  mojibake,
  'two-prefixes': twoPrefixes,
  'soap-12': soapTwelve,
};

/** The envelope with the damage of a `content` scenario; unchanged when there is nothing to damage. @internal */
export function editContent(written: WrittenBytes, name: MisbehaviourName): WrittenBytes {
  const tree = byTree[name];
  if (tree !== undefined) {
    const document = parseXml(written.bytes);
    return editWritten(written, tree(document.root, new ByteOffsets(document.source), document.source));
  }
  return editWritten(written, byBytes[name]?.(written) ?? []);
}
