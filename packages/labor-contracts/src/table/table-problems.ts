import type { TableProblem } from './table.ts';

type Words = readonly [ru: string, en: string, remedyRu: string, remedyEn: string];

/** Names of the problems of tables. */
export type TableProblemCode =
  | 'not-a-table'
  | 'old-excel'
  | 'empty'
  | 'too-big'
  | 'damaged'
  | 'encoding'
  | 'quote'
  | 'json'
  | 'sheet'
  | 'other-sheets'
  | 'hidden-rows'
  | 'missing-column'
  | 'two-columns'
  | 'unused-columns'
  | 'mapping'
  | 'extra-cells'
  | 'formula-error'
  | 'lost-letters'
  | 'rounded-number'
  | 'lost-zeros'
  | 'missing-value'
  | 'reason-zero'
  | 'turned-into-date'
  | 'impossible-date'
  | 'date-number'
  | 'month-first'
  | 'ambiguous-date'
  | 'swapped-by-excel'
  | 'duplicate-row';

const words: Readonly<Record<TableProblemCode, Words>> = {
  'not-a-table': [
    'файл — это {0}, а не таблица',
    'the file is {0}, not a table',
    'сохраните таблицу как .xlsx или .csv и передайте её',
    'save the table as .xlsx or .csv and pass that file',
  ],
  'old-excel': [
    'книга Excel старого формата (.xls) или с паролем',
    'a workbook of the old format (.xls), or one with a password',
    'откройте её в Excel и сохраните как .xlsx без пароля',
    'open it in Excel and save it as .xlsx without a password',
  ],
  empty: [
    'в таблице нет строк с данными',
    'the table has no rows with data',
    'нужны заголовки столбцов и хотя бы одна строка под ними',
    'it needs titles of columns and at least one row below them',
  ],
  'too-big': [
    'таблица слишком велика: больше чем {0}',
    'the table is too big: more than {0}',
    'разделите её на несколько файлов',
    'split it into several files',
  ],
  damaged: [
    'файл повреждён: {0}',
    'the file is damaged: {0}',
    'откройте его в Excel, сохраните заново и повторите',
    'open it in Excel, save it again and repeat',
  ],
  encoding: [
    'кодировка текста не распознана',
    'the encoding of the text is not recognised',
    'сохраните файл как «CSV UTF-8»',
    'save the file as “CSV UTF-8”',
  ],
  quote: [
    'кавычка закрыта не там, где кончается ячейка',
    'a quote does not end where its cell ends',
    'внутри ячейки в кавычках пишите кавычку дважды: ""',
    'inside a quoted cell write the quote twice: ""',
  ],
  json: [
    'JSON не разобран или это не список объектов с текстами',
    'the JSON cannot be read, or is not a list of objects of texts',
    'нужен список вида [{"iin": "…", "contractNumber": "…"}]; ИИН и БИН пишите текстом в кавычках',
    'write a list such as [{"iin": "…", "contractNumber": "…"}]; IIN and BIN as text in quotes',
  ],
  sheet: [
    'в книге нет такого видимого листа',
    'the workbook has no such visible sheet',
    'проверьте название листа',
    'check the name of the sheet',
  ],
  'other-sheets': [
    'прочитан только первый видимый лист из {0}',
    'only the first visible sheet of {0} was read',
    'если нужен другой, назовите его',
    'name another one, if that is the one',
  ],
  'hidden-rows': [
    'среди строк есть скрытые или отфильтрованные: {0}',
    'some rows are hidden or filtered out: {0}',
    'они тоже будут отправлены; удалите их, если это не нужно',
    'they are sent, too; delete them if they should not be',
  ],
  'missing-column': [
    'нет столбца «{0}»',
    'there is no column for “{0}”',
    'добавьте столбец с одним из заголовков: {1}; или назовите его в файле соответствий',
    'add a column with one of these titles: {1}; or name it in the mapping file',
  ],
  'two-columns': [
    'два столбца означают одно и то же: {0}',
    'two columns mean the same: {0}',
    'оставьте один из них или укажите нужный в файле соответствий',
    'keep one of them, or name the right one in the mapping file',
  ],
  'unused-columns': [
    'эти столбцы не отправляются: {0}',
    'these columns are not sent: {0}',
    'если они нужны, назовите их в файле соответствий',
    'name them in the mapping file if they are needed',
  ],
  mapping: [
    'файл соответствий не подходит: {0}',
    'the mapping file does not fit: {0}',
    'исправьте его или создайте заново',
    'correct it, or make a new one',
  ],
  'extra-cells': [
    'в строке больше ячеек, чем столбцов',
    'the row has more cells than there are columns',
    'возможно, разделитель внутри текста: возьмите такой текст в кавычки',
    'a delimiter may be inside a text: put such a text in quotes',
  ],
  'missing-value': ['ячейка пуста', 'the cell is empty', 'заполните её', 'fill it in'],
  'formula-error': [
    'в ячейке ошибка формулы',
    'the cell has an error of a formula',
    'исправьте формулу или впишите значение',
    'correct the formula or write the value',
  ],
  'lost-letters': [
    'в тексте потеряны буквы: вместо них знаки вопроса или замены',
    'letters of the text are lost: question marks or replacement characters stand for them',
    'сохраните таблицу как .xlsx или «CSV UTF-8»: в Windows-1251 нет казахских букв',
    'save the table as .xlsx or “CSV UTF-8”: Windows-1251 has no Kazakh letters',
  ],
  'rounded-number': [
    'номер записан как число и округлён (вида 9,9E+11)',
    'the number was taken for a quantity and rounded (such as 9.9E+11)',
    'сделайте столбец текстовым и впишите 12 цифр',
    'make it a column of text and write the 12 digits',
  ],
  'lost-zeros': [
    'у номера потеряны нули в начале',
    'the number has lost its leading zeros',
    'сделайте столбец текстовым и впишите все 12 цифр',
    'make it a column of text and write all 12 digits',
  ],
  'reason-zero': [
    'у кода потерян ноль в начале',
    'the code has lost its leading zero',
    'сделайте столбец текстовым и впишите код с нулём, например 05',
    'make it a column of text and write the code with its zero, such as 05',
  ],
  'turned-into-date': [
    'Excel превратил текст в дату',
    'Excel has turned the text into a date',
    'сделайте столбец текстовым и впишите значение заново',
    'make it a column of text and write the value again',
  ],
  'impossible-date': [
    'такой даты нет или её запись не распознана',
    'there is no such date, or its form is not known',
    'пишите ГГГГ-ММ-ДД или ДД.ММ.ГГГГ',
    'write YYYY-MM-DD or DD.MM.YYYY',
  ],
  'date-number': [
    'вместо даты — число дней Excel',
    'a number of Excel days stands in place of a date',
    'задайте столбцу формат даты или впишите дату как ГГГГ-ММ-ДД',
    'give the column a date format, or write the date as YYYY-MM-DD',
  ],
  'month-first': [
    'день и месяц стоят в обратном порядке',
    'day and month are swapped',
    'пишите ДД.ММ.ГГГГ, а лучше ГГГГ-ММ-ДД',
    'write DD.MM.YYYY, or better YYYY-MM-DD',
  ],
  'ambiguous-date': [
    'непонятно, где день, а где месяц: в этом столбце по другим датам не решить',
    'which is the day and which the month cannot be told from the dates of this column',
    'пишите ГГГГ-ММ-ДД или укажите порядок: день-месяц или месяц-день',
    'write YYYY-MM-DD, or say which comes first: day or month',
  ],
  'swapped-by-excel': [
    'Excel, возможно, поменял местами день и месяц: в этом столбце часть дат осталась текстом',
    'Excel may have swapped day and month: some dates of this column remained text',
    'проверьте даты столбца, впишите их одинаково или укажите порядок: день-месяц',
    'check the dates of the column and write all in one way, or say that the day comes first',
  ],
  'duplicate-row': [
    'та же запись уже есть в строке {0}',
    'the same record stands in row {0} already',
    'удалите повтор или дайте записям разные ключи',
    'delete the repetition, or give the records different keys',
  ],
};

/** Where a problem is. */
export interface ProblemPlace {
  readonly row?: number | undefined;
  readonly column?: string | undefined;
}

/** A problem in words. */
export function tableProblem(
  code: TableProblemCode,
  place: ProblemPlace = {},
  details: readonly (string | { readonly ru: string; readonly en: string })[] = [],
): TableProblem {
  const [ru, en, remedyRu, remedyEn] = words[code];
  const filled = (text: string, language: 'ru' | 'en'): string =>
    text.replace(/\{(\d)\}/g, (_, index: string) => {
      const detail = details[Number(index)] ?? '';
      return typeof detail === 'string' ? detail : detail[language];
    });
  return {
    code,
    ...place,
    message: { ru: filled(ru, 'ru'), en: filled(en, 'en') },
    remedy: { ru: filled(remedyRu, 'ru'), en: filled(remedyEn, 'en') },
  };
}
