import { holidayWords } from './holiday-words.ts';
import { rowWords } from './row-words.ts';
import type { ProblemWords, TableProblemCode } from './table-problem-code.ts';

/** The words of every problem; `{0}` to `{2}` stand for details. */
export const tableWords: Readonly<Record<TableProblemCode, ProblemWords>> = {
  'not-a-table': [
    ['файл — это {0}, а не таблица', 'файл кесте емес, бұл — {0}', 'the file is {0}, not a table'],
    [
      'сохраните таблицу как .xlsx или .csv и передайте её',
      'кестені .xlsx немесе .csv түрінде сақтап, сол файлды беріңіз',
      'save the table as .xlsx or .csv and pass that file',
    ],
  ],
  'other-format': [
    [
      'таблица в формате, который здесь не читается: {0}',
      'кесте мұнда оқылмайтын пішімде: {0}',
      'the table is of a format that is not read here: {0}',
    ],
    [
      'откройте её в Excel и сохраните как .xlsx',
      'оны Excel-де ашып, .xlsx түрінде сақтаңыз',
      'open it in Excel and save it as .xlsx',
    ],
  ],
  'old-excel': [
    [
      'книга Excel старого формата (.xls) или с паролем',
      'ескі пішімдегі (.xls) немесе құпиясөзі бар Excel кітабы',
      'a workbook of the old format (.xls), or one with a password',
    ],
    [
      'откройте её в Excel и сохраните как .xlsx без пароля',
      'оны Excel-де ашып, құпиясөзсіз .xlsx түрінде сақтаңыз',
      'open it in Excel and save it as .xlsx without a password',
    ],
  ],
  empty: [
    ['в таблице нет строк с данными', 'кестеде деректері бар жол жоқ', 'the table has no rows with data'],
    [
      'нужны заголовки столбцов и хотя бы одна строка под ними',
      'баған атаулары және олардың астында кемінде бір жол керек',
      'it needs titles of columns and at least one row below them',
    ],
  ],
  'too-big': [
    [
      'таблица слишком велика: больше чем {0}',
      'кесте тым үлкен: {0} мөлшерінен артық',
      'the table is too big: more than {0}',
    ],
    ['разделите её на несколько файлов', 'оны бірнеше файлға бөліңіз', 'split it into several files'],
  ],
  damaged: [
    ['файл повреждён: {0}', 'файл бүлінген: {0}', 'the file is damaged: {0}'],
    [
      'откройте его в Excel, сохраните заново и повторите',
      'оны Excel-де ашып, қайта сақтап, тағы бір рет көріңіз',
      'open it in Excel, save it again and repeat',
    ],
  ],
  encoding: [
    [
      'кодировка текста не распознана',
      'мәтіннің кодтамасы танылмады',
      'the encoding of the text is not recognised',
    ],
    ['сохраните файл как «CSV UTF-8»', 'файлды «CSV UTF-8» түрінде сақтаңыз', 'save the file as “CSV UTF-8”'],
  ],
  quote: [
    [
      'кавычка закрыта не там, где кончается ячейка',
      'тырнақша ұяшық біткен жерде жабылмаған',
      'a quote does not end where its cell ends',
    ],
    [
      'внутри ячейки в кавычках пишите кавычку дважды: ""',
      'тырнақшадағы ұяшықтың ішінде тырнақшаны екі рет жазыңыз: ""',
      'inside a quoted cell write the quote twice: ""',
    ],
  ],
  json: [
    [
      'JSON не разобран или это не список объектов с текстами',
      'JSON оқылмады немесе ол мәтіндері бар объектілер тізімі емес',
      'the JSON cannot be read, or is not a list of objects of texts',
    ],
    [
      'нужен список вида [{"iin": "…", "contractNumber": "…"}]; ИИН и БИН пишите текстом в кавычках',
      '[{"iin": "…", "contractNumber": "…"}] түріндегі тізім керек; ЖСН мен БСН-ді тырнақшадағы мәтін етіп жазыңыз',
      'write a list such as [{"iin": "…", "contractNumber": "…"}]; IIN and BIN as text in quotes',
    ],
  ],
  sheet: [
    [
      'в книге нет такого видимого листа',
      'кітапта мұндай көрінетін парақ жоқ',
      'the workbook has no such visible sheet',
    ],
    ['видимые листы: {0}', 'көрінетін парақтар: {0}', 'visible sheets: {0}'],
  ],
  'other-sheets': [
    [
      'прочитан только первый видимый лист из {0}: «{1}»',
      '{0} көрінетін парақтың тек біріншісі оқылды: «{1}»',
      'only the first visible sheet of {0} was read: “{1}”',
    ],
    [
      'если нужен другой, назовите его',
      'басқасы керек болса, атын көрсетіңіз',
      'name another one, if that is the one',
    ],
  ],
  'hidden-rows': [
    [
      'скрытые или отфильтрованные строки: {0}',
      'жасырылған немесе сүзілген жолдар: {0}',
      'rows that are hidden or filtered out: {0}',
    ],
    [
      'они тоже будут отправлены; удалите их, если это не нужно',
      'олар да жіберіледі; керек болмаса, жойыңыз',
      'they are sent, too; delete them if they should not be',
    ],
  ],
  'no-titles': [
    [
      'заголовки столбцов не найдены: это не та таблица, или заголовков в ней нет',
      'баған атаулары табылмады: бұл басқа кесте немесе онда атаулар жоқ',
      'no titles of columns were found: it is another table, or it has none',
    ],
    [
      'впишите над строками заголовки: {0}; или назовите столбцы в файле соответствий',
      'жолдардың үстіне атауларды жазыңыз: {0}; немесе бағандарды сәйкестік файлында көрсетіңіз',
      'write titles above the rows: {0}; or name the columns in the mapping file',
    ],
  ],
  'missing-column': [
    ['нет столбца «{0}»', '«{0}» бағаны жоқ', 'there is no column for “{0}”'],
    [
      'добавьте столбец с одним из заголовков: {1}; или назовите в файле соответствий столбец или одно значение для всех строк (поле {2})',
      'мына атаулардың бірімен баған қосыңыз: {1}; немесе сәйкестік файлында бағанды не барлық жолға бір мәнді көрсетіңіз ({2} өрісі)',
      'add a column with one of these titles: {1}; or name the column, or one value for all rows, in the mapping file (field {2})',
    ],
  ],
  'two-columns': [
    [
      'два столбца означают одно и то же: {0}',
      'екі баған бір нәрсені білдіреді: {0}',
      'two columns mean the same: {0}',
    ],
    [
      'оставьте один из них или укажите нужный в файле соответствий',
      'біреуін қалдырыңыз немесе керегін сәйкестік файлында көрсетіңіз',
      'keep one of them, or name the right one in the mapping file',
    ],
  ],
  'unused-columns': [
    ['эти столбцы не отправляются: {0}', 'бұл бағандар жіберілмейді: {0}', 'these columns are not sent: {0}'],
    [
      'если они нужны, назовите их в файле соответствий',
      'олар керек болса, сәйкестік файлында көрсетіңіз',
      'name them in the mapping file if they are needed',
    ],
  ],
  mapping: [
    [
      'файл соответствий не подходит: {0}',
      'сәйкестік файлы жарамайды: {0}',
      'the mapping file does not fit: {0}',
    ],
    [
      'исправьте его или создайте заново',
      'оны түзетіңіз немесе қайта жасаңыз',
      'correct it, or make a new one',
    ],
  ],
  ...rowWords,
  ...holidayWords,
};
