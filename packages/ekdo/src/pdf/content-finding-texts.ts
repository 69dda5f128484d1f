import type { FindingText } from './finding-text.ts';

/** Findings about the claim, and about what the document holds. */
export type ContentFindingCode =
  | 'metadata-missing'
  | 'metadata-filtered'
  | 'metadata-unreadable'
  | 'claim-missing'
  | 'claim-ambiguous'
  | 'claim-unknown'
  | 'another-part'
  | 'conformance-missing'
  | 'conformance-unknown'
  | 'output-intent-missing'
  | 'output-profile-missing'
  | 'not-marked'
  | 'structure-missing'
  | 'action-forbidden'
  | 'annotation-forbidden'
  | 'embedded-file'
  | 'external-stream'
  | 'lzw'
  | 'transparency'
  | 'postscript'
  | 'interpolation'
  | 'appearances-missing'
  | 'optional-content'
  | 'near-limit'
  | 'version-above'
  | 'conformance-b'
  | 'metadata-unwrapped'
  | 'claim-prefix'
  | 'font-not-embedded'
  | 'info-differs';

/** What they say. A clause is one of ISO 19005-1:2005, and only where the rule is surely that clause. */
export const contentFindingTexts: Readonly<Record<ContentFindingCode, FindingText>> = {
  'metadata-missing': {
    severity: 'error',
    clause: '6.7.2',
    message: {
      ru: 'Нет метаданных XMP (/Metadata): файл не заявляет, что он PDF/A.',
      en: 'There is no XMP metadata (/Metadata): the file does not claim to be PDF/A.',
    },
    remedy: {
      ru: 'Сохраните документ как PDF/A-1; обычный PDF портал не принимает.',
      en: 'Save the document as PDF/A-1; the portal does not take plain PDF.',
    },
  },
  'metadata-filtered': {
    severity: 'error',
    clause: '6.7.2',
    message: {
      ru: 'Метаданные XMP сжаты или закодированы, а в PDF/A-1 это запрещено.',
      en: 'The XMP metadata is compressed or encoded, which PDF/A-1 forbids.',
    },
    remedy: {
      ru: 'Сохраните документ именно как PDF/A-1, а не PDF/A-2 и не обычный PDF.',
      en: 'Save the document as PDF/A-1, not as PDF/A-2 or plain PDF.',
    },
  },
  'metadata-unreadable': {
    severity: 'error',
    clause: '6.7.2',
    message: { ru: 'Метаданные XMP не читаются.', en: 'The XMP metadata cannot be read.' },
    remedy: {
      ru: 'Сохраните документ заново средством, которое пишет PDF/A-1.',
      en: 'Save the document again with something that writes PDF/A-1.',
    },
  },
  'claim-missing': {
    severity: 'error',
    clause: '6.7.11',
    message: {
      ru: 'В метаданных нет pdfaid:part: файл не заявляет, что он PDF/A.',
      en: 'The metadata has no pdfaid:part: the file does not claim to be PDF/A.',
    },
    remedy: {
      ru: 'Сохраните документ как PDF/A-1; обычный PDF портал не принимает.',
      en: 'Save the document as PDF/A-1; the portal does not take plain PDF.',
    },
  },
  'claim-ambiguous': {
    severity: 'error',
    clause: '6.7.11',
    message: {
      ru: 'В метаданных несколько разных заявлений о PDF/A.',
      en: 'The metadata holds several claims about PDF/A that differ.',
    },
    remedy: {
      ru: 'Сохраните документ заново из исходного формата.',
      en: 'Save the document again from its source.',
    },
  },
  'claim-unknown': {
    severity: 'error',
    clause: '6.7.11',
    message: { ru: 'Значение pdfaid:part непонятно.', en: 'The value of pdfaid:part is not understood.' },
    remedy: { ru: 'Сохраните документ как PDF/A-1.', en: 'Save the document as PDF/A-1.' },
  },
  'another-part': {
    severity: 'error',
    clause: '6.7.11',
    message: {
      ru: 'Файл заявлен как PDF/A другой части (PDF/A-2, -3 или -4), а нужен PDF/A-1.',
      en: 'The file claims another part of PDF/A (PDF/A-2, -3 or -4); PDF/A-1 is wanted.',
    },
    remedy: { ru: 'При сохранении выберите именно PDF/A-1.', en: 'Choose PDF/A-1 when saving.' },
  },
  'conformance-missing': {
    severity: 'error',
    clause: '6.7.11',
    message: {
      ru: 'В метаданных нет уровня соответствия pdfaid:conformance.',
      en: 'The metadata has no pdfaid:conformance.',
    },
    remedy: {
      ru: 'Сохраните документ как PDF/A-1a или PDF/A-1b.',
      en: 'Save the document as PDF/A-1a or PDF/A-1b.',
    },
  },
  'conformance-unknown': {
    severity: 'error',
    clause: '6.7.11',
    message: { ru: 'Уровень соответствия не A и не B.', en: 'The conformance level is neither A nor B.' },
    remedy: {
      ru: 'Сохраните документ как PDF/A-1a или PDF/A-1b.',
      en: 'Save the document as PDF/A-1a or PDF/A-1b.',
    },
  },
  'output-intent-missing': {
    severity: 'error',
    clause: '6.2.2',
    message: {
      ru: 'Нет выходного профиля PDF/A (/OutputIntents с GTS_PDFA1).',
      en: 'There is no PDF/A output intent (/OutputIntents with GTS_PDFA1).',
    },
    remedy: {
      ru: 'Сохраните документ средством, которое пишет PDF/A-1: оно добавляет цветовой профиль.',
      en: 'Save the document with something that writes PDF/A-1: it adds the colour profile.',
    },
  },
  'output-profile-missing': {
    severity: 'error',
    clause: '6.2.2',
    message: {
      ru: 'У выходного профиля PDF/A нет самого профиля ICC (/DestOutputProfile).',
      en: 'The PDF/A output intent has no ICC profile (/DestOutputProfile).',
    },
    remedy: {
      ru: 'Сохраните документ средством, которое пишет PDF/A-1.',
      en: 'Save the document with something that writes PDF/A-1.',
    },
  },
  'not-marked': {
    severity: 'error',
    clause: '6.8.2.2',
    message: {
      ru: 'Заявлен уровень A, но документ не размечен (/MarkInfo без /Marked true).',
      en: 'Level A is claimed, but the document is not tagged (/MarkInfo without /Marked true).',
    },
    remedy: {
      ru: 'Сохраните документ с тегами (структурой) или как PDF/A-1b.',
      en: 'Save the document with tags, or as PDF/A-1b.',
    },
  },
  'structure-missing': {
    severity: 'error',
    clause: '6.8.3.3',
    message: {
      ru: 'Заявлен уровень A, но в документе нет дерева структуры (/StructTreeRoot).',
      en: 'Level A is claimed, but the document has no structure tree (/StructTreeRoot).',
    },
    remedy: {
      ru: 'Сохраните документ с тегами (структурой) или как PDF/A-1b.',
      en: 'Save the document with tags, or as PDF/A-1b.',
    },
  },
  'action-forbidden': {
    severity: 'error',
    clause: '6.6.1',
    message: {
      ru: 'В документе есть запрещённое действие, например JavaScript, запуск программы, звук, видео, сброс или загрузка формы.',
      en: 'The document has a forbidden action, such as JavaScript, launch, sound, movie, reset or import of a form.',
    },
    remedy: {
      ru: 'Уберите действия и сценарии и сохраните документ как PDF/A-1.',
      en: 'Remove actions and scripts, and save the document as PDF/A-1.',
    },
  },
  'annotation-forbidden': {
    severity: 'error',
    clause: '6.5.2',
    message: {
      ru: 'В документе есть запрещённая аннотация: вложение, звук или видео.',
      en: 'The document has a forbidden annotation: an attachment, a sound or a movie.',
    },
    remedy: {
      ru: 'Уберите вложение; приложения передаются отдельными файлами.',
      en: 'Remove the attachment; annexes go as files of their own.',
    },
  },
  'embedded-file': {
    severity: 'error',
    clause: '6.1.11',
    message: {
      ru: 'В PDF вложены файлы, а в PDF/A-1 это запрещено.',
      en: 'There are files embedded in the PDF, which PDF/A-1 forbids.',
    },
    remedy: {
      ru: 'Уберите вложения; приложения передаются отдельными файлами.',
      en: 'Remove them; annexes go as files of their own.',
    },
  },
  'external-stream': {
    severity: 'error',
    clause: '6.1.7',
    message: { ru: 'Данные потока лежат в другом файле.', en: 'The data of a stream lies in another file.' },
    remedy: { ru: 'Сохраните документ заново как PDF/A-1.', en: 'Save the document again as PDF/A-1.' },
  },
  lzw: {
    severity: 'error',
    clause: '6.1.10',
    message: {
      ru: 'Использовано сжатие LZW, а в PDF/A-1 оно запрещено.',
      en: 'LZW compression is used, which PDF/A-1 forbids.',
    },
    remedy: { ru: 'Сохраните документ заново как PDF/A-1.', en: 'Save the document again as PDF/A-1.' },
  },
  transparency: {
    severity: 'error',
    clause: '6.4',
    message: {
      ru: 'Есть прозрачность (маска, группа, режим наложения или непрозрачность меньше 1).',
      en: 'There is transparency: a soft mask, a group, a blend mode or an opacity below 1.',
    },
    remedy: {
      ru: 'При сохранении выберите PDF/A-1, чтобы прозрачность была сведена; уберите полупрозрачные печати и водяные знаки.',
      en: 'Choose PDF/A-1 when saving, so that transparency is flattened; remove translucent stamps and watermarks.',
    },
  },
  postscript: {
    severity: 'error',
    clause: '6.2.7',
    message: { ru: 'Есть объект PostScript.', en: 'There is a PostScript object.' },
    remedy: { ru: 'Сохраните документ заново как PDF/A-1.', en: 'Save the document again as PDF/A-1.' },
  },
  interpolation: {
    severity: 'error',
    clause: '6.2.4',
    message: {
      ru: 'У рисунка включена интерполяция (/Interpolate true).',
      en: 'A picture asks for interpolation (/Interpolate true).',
    },
    remedy: { ru: 'Сохраните документ заново как PDF/A-1.', en: 'Save the document again as PDF/A-1.' },
  },
  'appearances-missing': {
    severity: 'error',
    clause: '6.9',
    message: {
      ru: 'Вид полей формы должен строить просмотрщик (/NeedAppearances true).',
      en: 'The viewer is to draw the form fields (/NeedAppearances true).',
    },
    remedy: {
      ru: 'Сведите форму в обычное содержимое и сохраните как PDF/A-1.',
      en: 'Flatten the form, and save as PDF/A-1.',
    },
  },
  'optional-content': {
    severity: 'error',
    clause: '6.1.13',
    message: { ru: 'В документе есть слои (/OCProperties).', en: 'The document has layers (/OCProperties).' },
    remedy: {
      ru: 'Сведите слои и сохраните документ как PDF/A-1.',
      en: 'Flatten the layers, and save the document as PDF/A-1.',
    },
  },
  'near-limit': {
    severity: 'warning',
    clause: undefined,
    message: {
      ru: 'Файл больше 15 000 000 байт: если «15 Мб» портала — десятичные, он не пройдёт.',
      en: 'The file is larger than 15,000,000 bytes: if the 15 Мб of the portal are decimal, it does not pass.',
    },
    remedy: {
      ru: 'Уменьшите файл, если портал его отклонит.',
      en: 'Make the file smaller if the portal refuses it.',
    },
  },
  'version-above': {
    severity: 'warning',
    clause: undefined,
    message: {
      ru: 'В файле указана версия PDF 1.5–1.7, а PDF/A-1 — это PDF 1.4.',
      en: 'The file names a version from PDF 1.5 to 1.7; PDF/A-1 is PDF 1.4.',
    },
    remedy: {
      ru: 'Если портал отклонит файл, сохраните документ с версией 1.4.',
      en: 'If the portal refuses the file, save the document with version 1.4.',
    },
  },
  'conformance-b': {
    severity: 'warning',
    clause: undefined,
    message: {
      ru: 'Уровень соответствия B. Приказ № 578н требует для основной части документа PDF/A-1A.',
      en: 'The conformance level is B. Order 578н wants PDF/A-1A for the main part of a document.',
    },
    remedy: {
      ru: 'Сохраните документ с тегами как PDF/A-1a, если он подпадает под приказ.',
      en: 'Save the document with tags as PDF/A-1a, if the order applies to it.',
    },
  },
  'metadata-unwrapped': {
    severity: 'warning',
    clause: undefined,
    message: {
      ru: 'Метаданные записаны без обёртки (xpacket или x:xmpmeta); часть проверок их не примет.',
      en: 'The metadata is written without its wrapper (xpacket or x:xmpmeta); some checkers do not take it.',
    },
    remedy: {
      ru: 'Сохраните документ средством, которое пишет PDF/A-1.',
      en: 'Save the document with something that writes PDF/A-1.',
    },
  },
  'claim-prefix': {
    severity: 'warning',
    clause: '6.7.11',
    message: {
      ru: 'Заявление о PDF/A записано с другим префиксом вместо pdfaid; часть проверок его не увидит.',
      en: 'The claim about PDF/A is written with another prefix than pdfaid; some checkers do not see it.',
    },
    remedy: {
      ru: 'Сохраните документ средством, которое пишет PDF/A-1.',
      en: 'Save the document with something that writes PDF/A-1.',
    },
  },
  'font-not-embedded': {
    severity: 'warning',
    clause: '6.3.4',
    message: {
      ru: 'Есть шрифт, который не встроен. Если им набран видимый текст, это не PDF/A-1.',
      en: 'There is a font that is not embedded. If visible text is set in it, this is not PDF/A-1.',
    },
    remedy: { ru: 'При сохранении включите встраивание всех шрифтов.', en: 'Embed all fonts when saving.' },
  },
  'info-differs': {
    severity: 'warning',
    clause: '6.7.3',
    message: {
      ru: 'Сведения о документе (/Info) и метаданные XMP расходятся.',
      en: 'The document information (/Info) and the XMP metadata differ.',
    },
    remedy: {
      ru: 'Сохраните документ заново средством, которое пишет PDF/A-1.',
      en: 'Save the document again with something that writes PDF/A-1.',
    },
  },
};
