import { isString, type PdfDictionary, type PdfString } from './pdf-value.ts';
import type { XmpPacket } from './xmp-packet.ts';

const dc = 'http://purl.org/dc/elements/1.1/';
const pdf = 'http://ns.adobe.com/pdf/1.3/';
const xmp = 'http://ns.adobe.com/xap/1.0/';

const texts: readonly (readonly [key: string, property: string, namespace: string])[] = [
  ['Title', 'title', dc],
  ['Author', 'creator', dc],
  ['Subject', 'description', dc],
  ['Keywords', 'Keywords', pdf],
  ['Creator', 'CreatorTool', xmp],
  ['Producer', 'Producer', pdf],
];
const dates: readonly (readonly [key: string, property: string])[] = [
  ['CreationDate', 'CreateDate'],
  ['ModDate', 'ModifyDate'],
];

/**
 * Whether what the information dictionary says is also what the packet says. Texts whose encoding this reader does not
 * know, and dates that it cannot read, are taken as equal.
 *
 * @see ISO 19005-1:2005, 6.7.3 "Document information dictionary"
 */
export function infoAgrees(info: PdfDictionary, packet: XmpPacket): boolean {
  const agrees = (key: string, property: string, namespace: string, compare: typeof sameText): boolean => {
    const value = info.get(key);
    const written = isString(value) ? textOf(value) : undefined;
    if (written === undefined || written === '') return true;
    const [first] = packet.properties(property, namespace);
    return first !== undefined && compare(written, first.value);
  };
  return (
    texts.every(([key, property, namespace]) => agrees(key, property, namespace, sameText)) &&
    dates.every(([key, property]) => agrees(key, property, xmp, sameInstant))
  );
}

function sameText(one: string, other: string): boolean {
  return one.trim() === other.trim();
}

function sameInstant(pdfDate: string, xmpDate: string): boolean {
  const match = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'?(\d\d)'?)?/.exec(pdfDate);
  const other = Date.parse(xmpDate);
  if (match === null || Number.isNaN(other)) return true;
  const [, year, month, day, hour, minute, second, offsetHours = '+00', offsetMinutes = '00'] = match;
  const one = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}${offsetHours}:${offsetMinutes}`,
  );
  return Number.isNaN(one) || Math.abs(one - other) < 1000;
}

/** UTF-16 with its mark, or ASCII. PDFDocEncoding above 127 is not read: `undefined`. */
function textOf({ bytes }: PdfString): string | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.every((octet) => octet < 128) ? Buffer.from(bytes).toString('latin1') : undefined;
}
