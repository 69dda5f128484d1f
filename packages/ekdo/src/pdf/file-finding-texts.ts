import type { FindingText } from './finding-text.ts';

/** Findings about the file: whether it can be read, and what stands around its objects. */
export type FileFindingCode =
  | 'empty'
  | 'not-pdf'
  | 'header-offset'
  | 'version-unknown'
  | 'binary-comment'
  | 'too-big'
  | 'truncated'
  | 'data-after-eof'
  | 'xref-damaged'
  | 'xref-stream'
  | 'encrypted'
  | 'id-missing'
  | 'catalog-missing'
  | 'object-damaged'
  | 'too-complex';

/** What they say. A clause is one of ISO 19005-1:2005, and only where the rule is surely that clause. */
export const fileFindingTexts: Readonly<Record<FileFindingCode, FindingText>> = {
  empty: {
    severity: 'error',
    clause: undefined,
    message: { ru: 'Файл пустой: 0 байт.', en: 'The file is empty: 0 bytes.' },
    remedy: {
      ru: 'Выгрузите документ заново и проверьте, что файл записан до конца.',
      en: 'Export the document again, and see that the file was written to its end.',
    },
  },
  'not-pdf': {
    severity: 'error',
    clause: '6.1.2',
    message: {
      ru: 'Это не PDF: файл не начинается с %PDF-.',
      en: 'This is no PDF: the file does not begin with %PDF-.',
    },
    remedy: {
      ru: 'Сохраните документ как PDF/A-1; смена расширения файла его не преобразует.',
      en: 'Save the document as PDF/A-1; another file extension does not convert it.',
    },
  },
  'header-offset': {
    severity: 'error',
    clause: '6.1.2',
    message: {
      ru: 'Перед заголовком %PDF- есть посторонние байты.',
      en: 'There are other bytes before the header %PDF-.',
    },
    remedy: {
      ru: 'Уберите то, что дописано в начало файла (ответ сервера, метка порядка байтов), или сохраните документ заново.',
      en: 'Remove what was written before it (an answer of a server, a byte order mark), or save the document again.',
    },
  },
  'version-unknown': {
    severity: 'error',
    clause: '6.1.2',
    message: { ru: 'Версия в заголовке не PDF 1.x.', en: 'The version in the header is not PDF 1.x.' },
    remedy: {
      ru: 'Сохраните документ как PDF/A-1, то есть PDF 1.4.',
      en: 'Save the document as PDF/A-1, which is PDF 1.4.',
    },
  },
  'binary-comment': {
    severity: 'error',
    clause: '6.1.2',
    message: {
      ru: 'За заголовком нет строки-комментария с четырьмя байтами больше 127.',
      en: 'Behind the header there is no comment with four bytes above 127.',
    },
    remedy: {
      ru: 'Сохраните документ средством, которое пишет PDF/A-1.',
      en: 'Save the document with something that writes PDF/A-1.',
    },
  },
  'too-big': {
    severity: 'error',
    clause: undefined,
    message: {
      ru: 'Файл больше 15 Мбайт (15 728 640 байт) или меньшего предела, который задан вами.',
      en: 'The file is larger than 15 MiB (15,728,640 bytes), or than a lower limit that you have set.',
    },
    remedy: {
      ru: 'Уменьшите разрешение сканов или разделите документ: приложения передаются отдельными файлами.',
      en: 'Scan with a lower resolution, or split the document: annexes go as files of their own.',
    },
  },
  truncated: {
    severity: 'error',
    clause: undefined,
    message: {
      ru: 'Файл обрывается: в конце нет startxref и %%EOF.',
      en: 'The file is cut off: there is no startxref and %%EOF at its end.',
    },
    remedy: { ru: 'Скопируйте или выгрузите файл заново.', en: 'Copy or export the file again.' },
  },
  'data-after-eof': {
    severity: 'error',
    clause: '6.1.3',
    message: { ru: 'После последнего %%EOF есть ещё данные.', en: 'There is more behind the last %%EOF.' },
    remedy: {
      ru: 'Уберите дописанное или сохраните документ заново. Подпись должна лежать в отдельном файле.',
      en: 'Remove what was appended, or save the document again. A signature belongs into a file of its own.',
    },
  },
  'xref-damaged': {
    severity: 'error',
    clause: '6.1.4',
    message: {
      ru: 'Таблица объектов (xref) или trailer повреждены: смещения не совпадают с содержимым.',
      en: 'The table of objects (xref) or the trailer is damaged: offsets do not lead where they should.',
    },
    remedy: {
      ru: 'Сохраните документ заново. Файл нельзя править текстовым редактором и передавать в текстовом режиме.',
      en: 'Save the document again. The file must not be edited as text or sent in a text mode.',
    },
  },
  'xref-stream': {
    severity: 'error',
    clause: undefined,
    message: {
      ru: 'Таблица объектов записана потоком: так устроены PDF 1.5 и новее, а PDF/A-1 — это PDF 1.4.',
      en: 'The table of objects is a stream, as in PDF 1.5 and later; PDF/A-1 is PDF 1.4.',
    },
    remedy: {
      ru: 'При сохранении выберите PDF/A-1 и отключите сжатие объектов (object streams).',
      en: 'Choose PDF/A-1 when saving, and switch object streams off.',
    },
  },
  encrypted: {
    severity: 'error',
    clause: '6.1.3',
    message: {
      ru: 'Файл зашифрован (пароль или запреты на печать и копирование).',
      en: 'The file is encrypted: a password, or restrictions on printing and copying.',
    },
    remedy: {
      ru: 'Снимите защиту и сохраните документ как PDF/A-1.',
      en: 'Remove the protection and save the document as PDF/A-1.',
    },
  },
  'id-missing': {
    severity: 'error',
    clause: '6.1.3',
    message: { ru: 'В trailer нет идентификатора файла /ID.', en: 'The trailer has no file identifier /ID.' },
    remedy: {
      ru: 'Сохраните документ средством, которое пишет PDF/A-1.',
      en: 'Save the document with something that writes PDF/A-1.',
    },
  },
  'catalog-missing': {
    severity: 'error',
    clause: undefined,
    message: {
      ru: 'Нет корневого объекта документа (/Root).',
      en: 'The root object of the document (/Root) is missing.',
    },
    remedy: { ru: 'Сохраните документ заново.', en: 'Save the document again.' },
  },
  'object-damaged': {
    severity: 'error',
    clause: undefined,
    message: {
      ru: 'Один из объектов файла повреждён: он не читается, или длина потока неверна.',
      en: 'An object of the file is damaged: it cannot be read, or the length of a stream is wrong.',
    },
    remedy: { ru: 'Сохраните документ заново.', en: 'Save the document again.' },
  },
  'too-complex': {
    severity: 'error',
    clause: undefined,
    message: {
      ru: 'Объект файла устроен сложнее, чем бывает в документах; проверка остановлена.',
      en: 'An object of the file is more complex than documents are; the check stopped.',
    },
    remedy: {
      ru: 'Сохраните документ заново другим средством.',
      en: 'Save the document again with other means.',
    },
  },
};
