import { crc32, deflateRawSync } from 'node:zlib';

/** A part of an archive, and lies about it. */
export interface Part {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly statedSize?: number;
  readonly encrypted?: boolean;
}

/** How an archive is written. */
export interface ZipShape {
  /** Sizes and offsets of eight octets; `cut`: promised, and not there. */
  readonly zip64?: boolean | 'cut';
  /** Sizes and checksum behind each part, as programs write that do not know them before. */
  readonly descriptors?: boolean;
}

/** A ZIP archive. */
export function makeZip(
  parts: readonly Part[],
  { zip64 = false, descriptors = false }: ZipShape = {},
): Uint8Array {
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  const isWide = zip64 !== false;
  for (const { name, content, statedSize, encrypted = false } of parts) {
    const plain = typeof content === 'string' ? Buffer.from(content) : content;
    const packed = deflateRawSync(plain);
    const nameBytes = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE((encrypted ? 1 : 0) | (descriptors ? 8 : 0), 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(plain), 10);
    fields.writeUInt32LE(isWide ? 0xffffffff : packed.length, 14);
    fields.writeUInt32LE(isWide ? 0xffffffff : (statedSize ?? plain.length), 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    const early = Buffer.from(fields);
    if (descriptors) early.fill(0, 10, 22);
    const behind = descriptors
      ? Buffer.concat([Buffer.from('PK\x07\x08'), fields.subarray(10, 22)])
      : Buffer.alloc(0);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), early, nameBytes, packed, behind]);
    const extra =
      zip64 === true ? wideField([statedSize ?? plain.length, packed.length, offset]) : Buffer.alloc(0);
    fields.writeUInt16LE(extra.length, 24);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(isWide ? 0xffffffff : offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, tail, nameBytes, extra]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const wideEnd = isWide ? zip64End(parts.length, directory.length, offset) : Buffer.alloc(0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(isWide ? 0xffff : parts.length, 4);
  end.writeUInt16LE(isWide ? 0xffff : parts.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(isWide ? 0xffffffff : offset, 12);
  return new Uint8Array(Buffer.concat([...locals, directory, wideEnd, Buffer.from('PK\x05\x06'), end]));
}

/** Behind a field of another kind, as some programs have one. */
function wideField(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(values.length * 8, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + index * 8);
  return Buffer.concat([Buffer.from('\xfe\xca\x02\0ab', 'latin1'), field]);
}

function zip64End(count: number, length: number, offset: number): Buffer {
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(length), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + length), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}

/** A cell: shared text, a number, a day, or the XML of a cell. */
export type SheetCell = string | number | { readonly day: number } | { readonly xml: string };

/** A workbook of one sheet. */
export function makeXlsx(
  rows: readonly (readonly SheetCell[])[],
  options: {
    readonly date1904?: boolean;
    readonly sheets?: string;
    readonly hidden?: readonly number[];
  } = {},
): Uint8Array {
  const texts: string[] = [];
  const cell = (value: SheetCell, reference: string): string => {
    if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
    if (typeof value === 'string') {
      return value === '' ? '' : `<c r="${reference}" t="s"><v>${texts.push(value) - 1}</v></c>`;
    }
    if ('xml' in value) return value.xml.replace('<c', `<c r="${reference}"`);
    return `<c r="${reference}" s="1"><v>${value.day}</v></c>`;
  };
  const sheetData = rows
    .map((cells, index) => {
      const flag = options.hidden?.includes(index + 1) ? ' hidden="1"' : '';
      const content = cells.map((value, column) => cell(value, `${columnName(column)}${index + 1}`)).join('');
      return `<row r="${index + 1}"${flag}>${content}</row>`;
    })
    .join('');
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const sheets = options.sheets ?? '<sheet name="Лист1" sheetId="1" r:id="rId1"/>';
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return makeZip([
    {
      name: 'xl/workbook.xml',
      content: `<workbook ${main} xmlns:r="${relations}"><workbookPr${options.date1904 ? ' date1904="1"' : ''}/><sheets>${sheets}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content:
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="r/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="r/styles" Target="styles.xml"/><Relationship Id="rId3" Type="r/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
    },
    {
      name: 'xl/styles.xml',
      content: `<styleSheet ${main}><numFmts><numFmt numFmtId="164" formatCode="0.00 &quot;дней&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet ${main}><sheetData>${sheetData}</sheetData></worksheet>`,
    },
    {
      name: 'xl/sharedStrings.xml',
      content: `<sst ${main}>${texts.map((text) => `<si><r><t>${escaped(text)}</t></r><rPh><t>x</t></rPh></si>`).join('')}</sst>`,
    },
  ]);
}

function columnName(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `A${String.fromCharCode(65 + index - 26)}`;
}
