import type { Wording } from '../scse/scse-row.ts';

/** What people pass for a table, by how it begins. */
const beginnings: readonly (readonly [start: string, Wording])[] = [
  ['%PDF', { ru: 'документ PDF', kk: 'PDF құжаты', en: 'a PDF document' }],
  ['\x89PNG', { ru: 'картинка', kk: 'сурет', en: 'a picture' }],
  ['\xff\xd8\xff', { ru: 'картинка', kk: 'сурет', en: 'a picture' }],
  ['{\\rtf', { ru: 'документ RTF', kk: 'RTF құжаты', en: 'an RTF document' }],
  ['Rar!', { ru: 'архив RAR', kk: 'RAR мұрағаты', en: 'a RAR archive' }],
  ['7z\xbc\xaf', { ru: 'архив 7z', kk: '7z мұрағаты', en: 'a 7z archive' }],
  ['\x1f\x8b', { ru: 'архив GZIP', kk: 'GZIP мұрағаты', en: 'a GZIP archive' }],
];

/** Containers of the old formats of Office, and of new ones that are encrypted. */
const compound = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
/** What a file is that is neither text nor an archive of ours; `undefined` when it may be one. */
export function otherBinary(bytes: Uint8Array): Wording | 'old-excel' | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  if (start === compound) {
    // Names of streams are UTF-16. The directory of a small document comes early.
    const isWord = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
      Buffer.from('WordDocument', 'utf16le'),
    );
    if (!isWord) return 'old-excel';
    return {
      ru: 'документ Word старого формата (.doc)',
      kk: 'ескі пішімдегі Word құжаты (.doc)',
      en: 'a Word document of the old format (.doc)',
    };
  }
  if (isBareWorkbook(bytes)) return 'old-excel';
  return beginnings.find(([mark]) => start.startsWith(mark))?.[1];
}

/** What a text is that spreadsheets open as a table, but is none of ours, by its beginning. */
export function otherTable(head: string): Wording | undefined {
  if (/<\?mso-application\s+progid="Excel\.Sheet"|urn:schemas-microsoft-com:office:spreadsheet/.test(head)) {
    return {
      ru: 'XML 2003 программы Excel',
      kk: 'Excel бағдарламасының XML 2003 пішімі',
      en: 'XML 2003 of Excel',
    };
  }
  if (/^<(?:!doctype\s+html|html|head|body|table|meta|style)\b/i.test(head) || /^MIME-Version:/i.test(head)) {
    return {
      ru: 'веб-страница (HTML), даже если имя кончается на .xls',
      kk: 'веб-бет (HTML), аты .xls болып бітсе де',
      en: 'a web page (HTML), even if its name ends with .xls',
    };
  }
  return undefined;
}

/** What a text is that is no table at all, by its beginning. */
export function otherText(head: string): Wording | undefined {
  return /^<[!?\w]/.test(head) ? { ru: 'документ XML', kk: 'XML құжаты', en: 'an XML document' } : undefined;
}

/** A workbook from before those containers begins with a record BOF. */
function isBareWorkbook([kind, version = 255, length = 0, high]: Uint8Array): boolean {
  return kind === 0x09 && [0, 2, 4, 8].includes(version) && length >= 4 && length <= 16 && high === 0;
}
