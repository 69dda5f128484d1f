import type { Words } from '../pdf/finding-text.ts';

/** What was done to the parts so that they could stand in a name. */
export type NameChangeCode =
  | 'character-replaced'
  | 'invisible-removed'
  | 'spaces-joined'
  | 'normalised'
  | 'edges-trimmed'
  | 'reserved-name'
  | 'shortened';

const words: Readonly<Record<NameChangeCode, Words>> = {
  'character-replaced': {
    ru: 'Символы, запрещённые в именах файлов (\\ / : * ? " < > |), заменены.',
    en: 'Characters that names of files cannot have (\\ / : * ? " < > |) were replaced.',
  },
  'invisible-removed': {
    ru: 'Убраны невидимые символы: управляющие, нулевой ширины, меняющие направление письма.',
    en: 'Invisible characters were removed: controls, of zero width, of direction.',
  },
  'spaces-joined': {
    ru: 'Пробелы, табуляции и переводы строк сведены к одному пробелу.',
    en: 'Blanks, tabulators and ends of lines were joined to single blanks.',
  },
  normalised: {
    ru: 'Буквы, записанные двумя знаками, сведены к одному (NFC): «й» вместо «и» и краткой.',
    en: 'Letters written as two characters became one (NFC).',
  },
  'edges-trimmed': {
    ru: 'Убраны пробелы по краям и точки в начале.',
    en: 'Blanks at the ends and full stops at the beginning were removed.',
  },
  'reserved-name': {
    ru: 'Начало совпадает с именем устройства Windows (CON, NUL, COM1…): добавлен знак подчёркивания.',
    en: 'The beginning is the name of a Windows device (CON, NUL, COM1…): an underscore was added.',
  },
  shortened: {
    ru: 'Имя длиннее 255 байт: подтип, а если этого мало — ФИО укорочены. Номер и дата сохранены целиком.',
    en: 'The name was longer than 255 bytes: the subtype, and if need be the name of the employee, was cut. Number and date are whole.',
  },
};

/** What a change means. */
export interface NameChange {
  readonly code: NameChangeCode;
  readonly message: Words;
}

/** @internal */
export function nameChange(code: NameChangeCode): NameChange {
  return { code, message: words[code] };
}
