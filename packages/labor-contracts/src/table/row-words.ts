import type { ProblemWords, TableProblemCode } from './table-problem-code.ts';

/** The problems of one row or one cell, as the rest of {@link TableProblemCode} are of the file and its columns. */
type RowProblemCode = Extract<
  TableProblemCode,
  | 'extra-cells'
  | 'stray-row'
  | 'missing-value'
  | 'formula-error'
  | 'formula-unknown'
  | 'merged-cell'
  | 'lost-letters'
  | 'rounded-number'
  | 'lost-zeros'
  | 'reason-zero'
  | 'turned-into-date'
  | 'impossible-date'
  | 'date-number'
  | 'month-first'
  | 'ambiguous-date'
  | 'swapped-by-excel'
  | 'duplicate-row'
  | 'personal-key'
>;

/** The words of the problems of rows and cells. */
export const rowWords: Readonly<Record<RowProblemCode, ProblemWords>> = {
  'extra-cells': [
    [
      'в строке больше ячеек, чем столбцов',
      'жолда бағандардан көп ұяшық бар',
      'the row has more cells than there are columns',
    ],
    [
      'возможно, разделитель внутри текста: возьмите такой текст в кавычки',
      'мәтіннің ішінде бөлгіш болуы мүмкін: ондай мәтінді тырнақшаға алыңыз',
      'a delimiter may be inside a text: put such a text in quotes',
    ],
  ],
  'stray-row': [
    [
      'в строке почти ничего нет: похоже на итог или подпись под таблицей',
      'жолда дерек жоқтың қасы: кестенің астындағы қорытындыға не қолтаңбаға ұқсайды',
      'there is next to nothing in the row: it looks like a total or a signature below the table',
    ],
    ['удалите строку или заполните её', 'жолды жойыңыз немесе толтырыңыз', 'delete the row, or fill it in'],
  ],
  'missing-value': [
    ['ячейка пуста', 'ұяшық бос', 'the cell is empty'],
    ['заполните её', 'оны толтырыңыз', 'fill it in'],
  ],
  'formula-error': [
    ['в ячейке ошибка формулы', 'ұяшықта формула қатесі бар', 'the cell has an error of a formula'],
    [
      'исправьте формулу или впишите значение',
      'формуланы түзетіңіз немесе мәнін жазыңыз',
      'correct the formula or write the value',
    ],
  ],
  'formula-unknown': [
    [
      'в ячейке формула без сохранённого результата',
      'ұяшықтағы формуланың сақталған нәтижесі жоқ',
      'the cell has a formula whose result was not saved',
    ],
    [
      'откройте книгу в Excel и сохраните её, или впишите значение',
      'кітапты Excel-де ашып сақтаңыз немесе мәнін жазыңыз',
      'open the workbook in Excel and save it, or write the value',
    ],
  ],
  'merged-cell': [
    [
      'ячейка объединена с другой: значение стоит только в первой из них',
      'ұяшық басқасымен біріктірілген: мән тек біріншісінде тұр',
      'the cell is merged with another one: only the first of them has the value',
    ],
    [
      'отмените объединение и впишите значение в каждую строку',
      'біріктіруді алып тастап, мәнді әр жолға жазыңыз',
      'undo the merge and write the value into every row',
    ],
  ],
  'lost-letters': [
    [
      'в тексте потеряны буквы: вместо них знаки вопроса или замены',
      'мәтінде әріптер жоғалған: орнында сұрақ немесе алмастыру белгілері тұр',
      'letters of the text are lost: question marks or replacement characters stand for them',
    ],
    [
      'сохраните таблицу как .xlsx или «CSV UTF-8»: в Windows-1251 нет казахских букв',
      'кестені .xlsx немесе «CSV UTF-8» түрінде сақтаңыз: Windows-1251-де қазақ әріптері жоқ',
      'save the table as .xlsx or “CSV UTF-8”: Windows-1251 has no Kazakh letters',
    ],
  ],
  'rounded-number': [
    [
      'номер записан как число и округлён (вида 9,9E+11)',
      'нөмір сан болып жазылып, дөңгелектенген (9,9E+11 түрінде)',
      'the number was taken for a quantity and rounded (such as 9.9E+11)',
    ],
    [
      'сделайте столбец текстовым и впишите номер целиком',
      'бағанды мәтіндік етіп, нөмірді толық жазыңыз',
      'make it a column of text and write the whole number',
    ],
  ],
  'lost-zeros': [
    [
      'у номера потеряны нули в начале',
      'нөмірдің басындағы нөлдер жоғалған',
      'the number has lost its leading zeros',
    ],
    [
      'сделайте столбец текстовым и впишите все 12 цифр',
      'бағанды мәтіндік етіп, 12 цифрдың бәрін жазыңыз',
      'make it a column of text and write all 12 digits',
    ],
  ],
  'reason-zero': [
    ['у кода потерян ноль в начале', 'кодтың басындағы нөл жоғалған', 'the code has lost its leading zero'],
    [
      'сделайте столбец текстовым и впишите код с нулём, например 05',
      'бағанды мәтіндік етіп, кодты нөлімен жазыңыз, мысалы 05',
      'make it a column of text and write the code with its zero, such as 05',
    ],
  ],
  'turned-into-date': [
    [
      'Excel превратил текст в дату',
      'Excel мәтінді күнге айналдырған',
      'Excel has turned the text into a date',
    ],
    [
      'сделайте столбец текстовым и впишите значение заново',
      'бағанды мәтіндік етіп, мәнін қайта жазыңыз',
      'make it a column of text and write the value again',
    ],
  ],
  'impossible-date': [
    [
      'такой даты нет или её запись не распознана',
      'мұндай күн жоқ немесе жазылуы танылмады',
      'there is no such date, or its form is not known',
    ],
    [
      'пишите ГГГГ-ММ-ДД или ДД.ММ.ГГГГ',
      'ЖЖЖЖ-АА-КК немесе КК.АА.ЖЖЖЖ түрінде жазыңыз',
      'write YYYY-MM-DD or DD.MM.YYYY',
    ],
  ],
  'date-number': [
    [
      'вместо даты — число дней Excel',
      'күннің орнында Excel күндерінің саны тұр',
      'a number of Excel days stands in place of a date',
    ],
    [
      'задайте столбцу формат даты или впишите дату как ГГГГ-ММ-ДД',
      'бағанға күн пішімін беріңіз немесе күнді ЖЖЖЖ-АА-КК түрінде жазыңыз',
      'give the column a date format, or write the date as YYYY-MM-DD',
    ],
  ],
  'month-first': [
    ['день и месяц стоят в обратном порядке', 'күн мен ай орын ауысқан', 'day and month are swapped'],
    [
      'пишите ДД.ММ.ГГГГ, а лучше ГГГГ-ММ-ДД',
      'КК.АА.ЖЖЖЖ, дұрысы ЖЖЖЖ-АА-КК түрінде жазыңыз',
      'write DD.MM.YYYY, or better YYYY-MM-DD',
    ],
  ],
  'ambiguous-date': [
    [
      'непонятно, где день, а где месяц: в этом столбце по другим датам не решить',
      'қайсысы күн, қайсысы ай екені белгісіз: бағандағы басқа күндерден де көрінбейді',
      'which is the day and which the month cannot be told from the dates of this column',
    ],
    [
      'пишите ГГГГ-ММ-ДД или укажите порядок: день-месяц или месяц-день',
      'ЖЖЖЖ-АА-КК түрінде жазыңыз немесе ретін көрсетіңіз: күн-ай не ай-күн',
      'write YYYY-MM-DD, or say which comes first: day or month',
    ],
  ],
  'swapped-by-excel': [
    [
      'Excel, возможно, поменял местами день и месяц: в этом столбце часть дат осталась текстом',
      'Excel күн мен айдың орнын ауыстырған болуы мүмкін: бағандағы күндердің бір бөлігі мәтін болып қалған',
      'Excel may have swapped day and month: some dates of this column remained text',
    ],
    [
      'проверьте даты столбца, впишите их одинаково или укажите порядок: день-месяц',
      'бағандағы күндерді тексеріп, бірдей жазыңыз немесе ретін көрсетіңіз: күн-ай',
      'check the dates of the column and write all in one way, or say that the day comes first',
    ],
  ],
  'duplicate-row': [
    ['то же самое уже стоит в строке {0}', 'дәл осы мән {0}-жолда бар', 'the same stands in row {0} already'],
    [
      'удалите повтор; если это разные записи, исправьте значение',
      'қайталанғанын жойыңыз; бұл әртүрлі жазба болса, мәнін түзетіңіз',
      'delete the repetition; if these are different records, correct the value',
    ],
  ],
  'personal-key': [
    [
      'ключ похож на ИИН, а хранится в журнале как есть',
      'кілт ЖСН-ге ұқсайды, ал журналда сол күйінде сақталады',
      'the key looks like an IIN, and is kept in the journal as it is',
    ],
    [
      'возьмите ключом табельный номер или номер договора',
      'кілт ретінде табель нөмірін не шарт нөмірін алыңыз',
      'take the number of the employee or of the contract for the key',
    ],
  ],
};
