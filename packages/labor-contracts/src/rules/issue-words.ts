import { type Wording, type Words, worded } from '../scse/scse-row.ts';

interface IssueWords {
  readonly message: Wording;
  readonly remedy: Wording;
}

const said = (message: Words, remedy: Words): IssueWords => ({
  message: worded(message),
  remedy: worded(remedy),
});

const lostZeros = (ru: string, kk: string, en: string): IssueWords =>
  said(
    [
      `Потеряны нули в начале ${ru}: так бывает после таблицы.`,
      `${kk} басындағы нөлдер жоғалған: кестеден кейін солай болады.`,
      `The ${en} lost the zeros in front, as in a spreadsheet.`,
    ],
    ['Впишите все 12 цифр.', 'Барлық 12 цифрды жазыңыз.', 'Write all 12 digits.'],
  );
const wrongForm = (ru: string, kk: string, en: string): IssueWords =>
  said(
    [`${ru} — это ровно 12 цифр.`, `${kk} — дәл 12 цифр.`, `${en} means exactly 12 digits.`],
    ['Впишите все 12 цифр.', 'Барлық 12 цифрды жазыңыз.', 'Write all 12 digits.'],
  );
const wrongDigit = (ru: string, kk: string, en: string): IssueWords =>
  said(
    [
      `Не сходится контрольная цифра ${ru}.`,
      `${kk} бақылау цифры сәйкес емес.`,
      `The control digit of the ${en} does not fit.`,
    ],
    [
      'Поищите опечатку: сверьте номер с документом.',
      'Қатені іздеңіз: нөмірді құжатпен салыстырыңыз.',
      'Look for a typing error: compare the number with the document.',
    ],
  );

/** Rules for which ЕСУТД has no code, or whose code says less than is known here, or more. */
export const issueWords: Readonly<Record<string, IssueWords>> = {
  'iin-leading-zero': lostZeros('ИИН', 'ЖСН', 'IIN'),
  'iin-format': wrongForm('ИИН', 'ЖСН', 'IIN'),
  'iin-checksum': wrongDigit('ИИН', 'ЖСН', 'IIN'),
  'bin-leading-zero': lostZeros('БИН', 'БСН', 'BIN'),
  'bin-format': wrongForm('БИН', 'БСН', 'BIN'),
  'bin-checksum': wrongDigit('БИН', 'БСН', 'BIN'),
  date: said(
    ['Такой даты нет в календаре.', 'Күнтізбеде мұндай күн жоқ.', 'The calendar has no such date.'],
    [
      'Укажите дату, которая есть в календаре, например 2026-01-13.',
      'Күнтізбеде бар күнді көрсетіңіз, мысалы 2026-01-13.',
      'Give a date that is in the calendar, such as 2026-01-13.',
    ],
  ),
  'code-pattern': said(
    [
      'Не похоже на код справочника.',
      'Анықтамалық кодына ұқсамайды.',
      'It does not look like a code of the reference book.',
    ],
    [
      'Впишите код, а не название, например 2511-1-002; если он верен, ничего не делайте.',
      'Атауын емес, кодын жазыңыз, мысалы 2511-1-002; ол дұрыс болса, ештеңе істемеңіз.',
      'Write the code, not the name, such as 2511-1-002; when it is right, there is nothing to do.',
    ],
  ),
  nfc: said(
    [
      'Буквы составлены из двух символов (й, ё).',
      'Әріптер екі таңбадан құралған (й, ё).',
      'Letters are made of two characters (й, ё).',
    ],
    ['Впишите текст заново с клавиатуры.', 'Мәтінді пернетақтадан қайта теріңіз.', 'Type the text again.'],
  ),
  'xml-characters': said(
    ['Есть невидимый символ.', 'Көрінбейтін таңба бар.', 'There is an invisible character.'],
    ['Впишите текст заново с клавиатуры.', 'Мәтінді пернетақтадан қайта теріңіз.', 'Type the text again.'],
  ),
};
