import type { ProblemWords, TableProblemCode } from './table-problem-code.ts';

/** Problems of a file of days off. */
type HolidayProblemCode = Extract<TableProblemCode, `holidays-${string}`>;

/** Their words. */
export const holidayWords: Readonly<Record<HolidayProblemCode, ProblemWords>> = {
  'holidays-text': [
    [
      'файл выходных и праздничных дней — не текст',
      'демалыс және мереке күндерінің файлы мәтін емес',
      'the file of days off is no text',
    ],
    [
      'сохраните его как обычный текст (.txt): по одной дате в строке',
      'оны қарапайым мәтін (.txt) ретінде сақтаңыз: әр жолда бір күн',
      'save it as plain text (.txt): one date in a line',
    ],
  ],
  'holidays-empty': [
    [
      'в файле нет ни одного выходного или праздничного дня',
      'файлда бірде-бір демалыс немесе мереке күні жоқ',
      'the file has no day off',
    ],
    [
      'впишите дни из постановления Правительства, по одной дате в строке',
      'Үкімет қаулысындағы күндерді жазыңыз, әр жолда бір күн',
      'write the days of the government’s decree, one date in a line',
    ],
  ],
  'holidays-date': [
    [
      'такой даты нет в календаре или её запись не распознана',
      'күнтізбеде мұндай күн жоқ немесе жазылуы танылмады',
      'the calendar has no such date, or its form is not known',
    ],
    [
      'пишите ГГГГ-ММ-ДД или ДД.ММ.ГГГГ, одну дату в строке; перед рабочим днём, перенесённым на выходной, ставьте +, перед примечанием #',
      'ЖЖЖЖ-АА-КК немесе КК.АА.ЖЖЖЖ түрінде, әр жолға бір күннен жазыңыз; демалысқа ауыстырылған жұмыс күнінің алдына +, ескертпенің алдына # қойыңыз',
      'write YYYY-MM-DD or DD.MM.YYYY, one date in a line; put + before a working day that was moved to a weekend, # before a remark',
    ],
  ],
  'holidays-twice': [
    ['этот день уже есть в строке {0}', 'бұл күн {0}-жолда бар', 'this day stands in line {0} already'],
    [
      'оставьте одну из двух строк: верную',
      'екі жолдың дұрысын ғана қалдырыңыз',
      'keep one of the two lines, the right one',
    ],
  ],
  'holidays-worked': [
    [
      'с + записан день с понедельника по пятницу: он и так рабочий',
      '+ белгісімен дүйсенбі мен жұма арасындағы күн жазылған: ол онсыз да жұмыс күні',
      'a day from Monday to Friday is marked with +: it is worked anyway',
    ],
    [
      'сверьте дату с постановлением; если день нерабочий, уберите +, если рабочий — удалите строку',
      'күнді қаулымен салыстырыңыз; жұмыс күні болмаса, + белгісін алыңыз, жұмыс күні болса, жолды жойыңыз',
      'compare the date with the decree; take the + away when it is a day off, delete the line when it is worked',
    ],
  ],
  'holidays-year': [
    [
      'в файле нет выходных и праздничных дней текущего года: {0}',
      'файлда ағымдағы {0} жылдың демалыс және мереке күндері жоқ',
      'the file has no days off of the current year: {0}',
    ],
    [
      'допишите все дни этого года из постановления Правительства: без них сроки не посчитать',
      'Үкімет қаулысынан осы жылдың барлық күндерін қосыңыз: оларсыз мерзімдер есептелмейді',
      'add all days of this year from the government’s decree: without them no term can be counted',
    ],
  ],
};
