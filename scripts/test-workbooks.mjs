/**
 * Makes the workbooks of `fixtures/labor-contracts/tables` that ExcelJS writes.
 *
 *     npm install --no-save exceljs@4.4.0 && node scripts/test-workbooks.mjs
 *
 * TEST ONLY, of people who cannot exist. Those of openpyxl and XlsxWriter: `scripts/test-workbooks.py`.
 */
import { fileURLToPath } from 'node:url';

// Not a dependency: it is needed for this alone.
const { default: Excel } = await import(process.env.EXCELJS ?? 'exceljs');

const path = (name) => fileURLToPath(new URL(`../fixtures/labor-contracts/tables/${name}`, import.meta.url));
const utc = (text) => new Date(`${text}Z`);
const titles = ['ИИН', '№ договора', 'Дата договора', 'Дата начала', 'Воинский учёт', 'Штатная должность'];

/** The same table as in the other files. */
function fill(book, number, commit = () => {}) {
  const sheet = book.addWorksheet('Приём');
  const formula = { formula: '"Бағ"&"дарламашы"', result: 'Бағдарламашы' };
  const link = { text: 'Бухгалтер', hyperlink: 'https://portal.example/' };
  const rows = [
    titles,
    ['001300900011', number, utc('2026-01-12T00:00'), utc('2026-01-13T18:30'), true, formula],
    [],
    [1300900021, 17, utc('2026-02-01T00:00'), 46054, { error: '#N/A' }, link],
  ];
  for (const values of rows) {
    const row = sheet.addRow(values);
    if (values[2] instanceof Date) row.getCell(3).numFmt = 'dd.mm.yyyy "г."';
    if (values[3] instanceof Date) row.getCell(4).numFmt = 'yyyy-mm-dd hh:mm';
    commit(row);
  }
  commit(sheet);
}

const rich = { richText: [{ font: { bold: true }, text: 'ЕШ' }, { text: '-1' }] };
for (const [name, date1904] of [
  ['exceljs.xlsx', false],
  ['exceljs-1904.xlsx', true],
]) {
  const book = new Excel.Workbook();
  book.created = utc('2026-01-01T00:00');
  book.modified = book.created;
  book.properties.date1904 = date1904;
  fill(book, rich);
  book.addWorksheet('Скрытый', { state: 'veryHidden' });
  await book.xlsx.writeFile(path(name));
}
const writer = new Excel.stream.xlsx.WorkbookWriter({
  filename: path('exceljs-stream.xlsx'),
  useStyles: true,
  useSharedStrings: false,
});
fill(writer, 'ЕШ-1', (part) => part.commit());
await writer.commit();
