import {
  duplicate,
  forbidden,
  inFuture,
  noRecord,
  notInBook,
  notLeaf,
  ownWords,
  required,
  type ScseRow,
  tooFar,
  type Words,
  wrongOrder,
  wrongValue,
} from './scse-row.ts';

const readAgain: Words = [
  'Прочитайте текущее расписание из системы и составьте запрос заново.',
  'Жүйеден ағымдағы кестені оқып, сұрауды қайта жасаңыз.',
  'Read the current schedule from the system and make the request anew.',
];

const checkStructure: Words = [
  'Проверьте дерево подразделений: один корень, у каждого узла есть родитель, кругов нет, внизу есть рабочие места.',
  'Бөлімшелер ағашын тексеріңіз: түбірі біреу, әр түйіннің атасы бар, тұйық шеңбер жоқ, төменде жұмыс орындары бар.',
  'Check the tree of units: one root, a parent for each node, no circles, workplaces at the bottom.',
];

/** Codes about staff schedules (штатное расписание), workplaces and substitutions. */
export const staffScheduleCodes: readonly ScseRow[] = [
  required('SCSE194', [
    'идентификатор штатного расписания',
    'штат кестесінің идентификаторы',
    'the id of the staff schedule',
  ]),
  required('SCSE195', ['идентификатор запроса', 'сұраудың идентификаторы', 'the id of the request']),
  duplicate('SCSE196', [
    'запрос с этим идентификатором',
    'осы идентификаторы бар сұрау',
    'a request with this id',
  ]),
  required('SCSE197', [
    'данные штатного расписания в Base64',
    'Base64 түріндегі штат кестесінің деректері',
    'the data of the staff schedule in Base64',
  ]),
  ownWords(
    'SCSE198',
    'validation',
    [
      'Прежний запрос по этому расписанию ещё обрабатывается.',
      'Осы кесте бойынша бұрынғы сұрау әлі өңделуде.',
      'An earlier request about this schedule is still being processed.',
    ],
    [
      'Дождитесь его завершения и отправьте снова.',
      'Оның аяқталуын күтіп, қайта жіберіңіз.',
      'Wait for it to end, then send again.',
    ],
  ),
  noRecord('SCSE199', [
    'запрос с этим идентификатором',
    'осы идентификаторы бар сұрау',
    'a request with this id',
  ]),
  ownWords(
    'SCSE200',
    'validation',
    [
      'После обработки запроса расписание изменили другие запросы.',
      'Сұрау өңделгеннен кейін кестені басқа сұраулар өзгерткен.',
      'Other requests have changed the schedule since this one was processed.',
    ],
    readAgain,
  ),
  noRecord('SCSE201', ['штатное расписание', 'штат кестесі', 'the staff schedule']),
  noRecord('SCSE202', ['работник', 'жұмыскер', 'the employee']),
  required('SCSE203', [
    'идентификатор рабочего места',
    'жұмыс орнының идентификаторы',
    'the id of the workplace',
  ]),
  noRecord('SCSE204', ['рабочее место', 'жұмыс орны', 'the workplace']),
  required('SCSE205', ['идентификатор работника', 'жұмыскердің идентификаторы', 'the id of the employee']),
  duplicate('SCSE206', ['работник', 'жұмыскер', 'the employee']),
  required('SCSE207', ['дата начала', 'басталу күні', 'the first day']),
  inFuture('SCSE208', ['дата начала', 'басталу күні', 'the first day']),
  wrongOrder('SCSE209', [
    'работа начинается раньше приказа о расписании',
    'жұмыс кесте туралы бұйрықтан бұрын басталады',
    'the work begins before the order on the schedule',
  ]),
  inFuture('SCSE210', ['дата окончания', 'аяқталу күні', 'the last day']),
  noRecord('SCSE211', [
    'договор этих работника и работодателя за этот период',
    'осы кезеңдегі осы жұмыскер мен жұмыс берушінің шарты',
    'a contract of this employee and employer for this period',
  ]),
  required('SCSE212', ['тарифная ставка', 'тарифтік мөлшерлеме', 'the tariff rate']),
  wrongValue('SCSE213', ['сумма оклада', 'айлықақы сомасы', 'the amount of the salary']),
  wrongValue('SCSE214', ['сумма надбавки', 'үстемеақы сомасы', 'the amount of the bonus']),
  wrongValue('SCSE215', [
    'сумма фактической зарплаты',
    'нақты жалақы сомасы',
    'the amount of the pay in fact',
  ]),
  required('SCSE216', ['идентификатор подразделения', 'бөлімшенің идентификаторы', 'the id of the unit']),
  noRecord('SCSE217', ['подразделение', 'бөлімше', 'the unit']),
  wrongValue('SCSE218', [
    'номер страницы; он начинается с 1',
    'бет нөмірі; ол 1-ден басталады',
    'the page number; it begins with 1',
  ]),
  wrongValue('SCSE219', [
    'число записей на странице; от 1 до 100',
    'беттегі жазбалар саны; 1-ден 100-ге дейін',
    'the number of records of a page; 1 to 100',
  ]),
  duplicate('SCSE220', [
    'другая структура на эту или более позднюю дату приказа',
    'осы немесе кейінгі бұйрық күніне басқа құрылым',
    'another structure for this or a later date of the order',
  ]),
  tooFar('SCSE221', ['дата приказа в прошлом', 'бұйрықтың өткен күні', 'the past date of the order']),
  inFuture('SCSE222', ['дата приказа', 'бұйрықтың күні', 'the date of the order']),
  required('SCSE223', [
    'структура расписания: в ней нет ни одного узла',
    'кесте құрылымы: онда бірде-бір түйін жоқ',
    'the structure of the schedule: it has no node',
  ]),
  required('SCSE224', [
    'рабочие места расписания',
    'кестенің жұмыс орындары',
    'the workplaces of the schedule',
  ]),
  notInBook('SCSE225', ['вид подразделения', 'бөлімше түрі', 'the kind of unit']),
  notLeaf('SCSE226', ['вид подразделения', 'бөлімше түрі', 'the kind of unit']),
  forbidden('SCSE227', ['вышестоящее подразделение', 'жоғары тұрған бөлімше', 'a unit above this one']),
  required('SCSE228', ['вышестоящее подразделение', 'жоғары тұрған бөлімше', 'the unit above this one']),
  required('SCSE229', ['код подразделения', 'бөлімшенің коды', 'the code of the unit']),
  required('SCSE230', [
    'название подразделения на казахском',
    'бөлімшенің қазақша атауы',
    'the Kazakh name of the unit',
  ]),
  required('SCSE231', [
    'название подразделения на русском',
    'бөлімшенің орысша атауы',
    'the Russian name of the unit',
  ]),
  required('SCSE232', ['код рабочего места', 'жұмыс орнының коды', 'the code of the workplace']),
  required('SCSE233', [
    'название рабочего места на казахском',
    'жұмыс орнының қазақша атауы',
    'the Kazakh name of the workplace',
  ]),
  required('SCSE234', [
    'название рабочего места на русском',
    'жұмыс орнының орысша атауы',
    'the Russian name of the workplace',
  ]),
  wrongValue('SCSE235', [
    'тарифная ставка в расписании; она больше 0 и не больше 2,75',
    'кестедегі тарифтік мөлшерлеме; ол 0-ден үлкен және 2,75-тен аспайды',
    'the tariff rate of the schedule; it is above 0 and at most 2.75',
  ]),
  duplicate('SCSE236', [
    'расписание с этим идентификатором',
    'осы идентификаторы бар кесте',
    'a schedule with this id',
  ]),
  duplicate('SCSE237', ['эта версия расписания', 'кестенің осы нұсқасы', 'this version of the schedule']),
  duplicate('SCSE238', [
    'более поздняя версия расписания',
    'кестенің кейінгі нұсқасы',
    'a later version of the schedule',
  ]),
  wrongValue('SCSE239', ['версия расписания', 'кесте нұсқасы', 'the version of the schedule']),
  ownWords(
    'SCSE240',
    'validation',
    [
      'В расписании не одно корневое подразделение.',
      'Кестеде түбірлік бөлімше біреу емес.',
      'The schedule has not exactly one root unit.',
    ],
    checkStructure,
  ),
  noRecord('SCSE241', [
    'подразделение, названное вышестоящим',
    'жоғары тұрған деп аталған бөлімше',
    'the unit that is named as the parent',
  ]),
  duplicate('SCSE242', [
    'подразделение с этим идентификатором',
    'осы идентификаторы бар бөлімше',
    'a unit with this id',
  ]),
  ownWords(
    'SCSE243',
    'validation',
    [
      'У подразделения нижнего уровня нет рабочих мест.',
      'Төменгі деңгейдегі бөлімшеде жұмыс орындары жоқ.',
      'A unit of the lowest level has no workplace.',
    ],
    checkStructure,
  ),
  duplicate('SCSE244', ['подразделение с этим кодом', 'осы коды бар бөлімше', 'a unit with this code']),
  duplicate('SCSE245', [
    'рабочее место с этим кодом',
    'осы коды бар жұмыс орны',
    'a workplace with this code',
  ]),
  duplicate('SCSE246', [
    'рабочее место с этим идентификатором',
    'осы идентификаторы бар жұмыс орны',
    'a workplace with this id',
  ]),
  ownWords(
    'SCSE247',
    'validation',
    [
      'Подразделения подчинены по кругу.',
      'Бөлімшелер тұйық шеңбермен бағынған.',
      'Units are subordinated in a circle.',
    ],
    checkStructure,
  ),
  ownWords(
    'SCSE248',
    'validation',
    [
      'Структура расписания нарушена.',
      'Кесте құрылымы бұзылған.',
      'The structure of the schedule is broken.',
    ],
    checkStructure,
  ),
  ownWords(
    'SCSE249',
    'not-found',
    ['Ответ ещё не готов.', 'Жауап әлі дайын емес.', 'The data is not ready yet.'],
    [
      'Спросите снова позже с тем же идентификатором запроса.',
      'Сол сұрау идентификаторымен кейінірек қайта сұраңыз.',
      'Ask again later with the same id of the request.',
    ],
  ),
  forbidden('SCSE250', [
    'удаление расписания с самым поздним приказом',
    'бұйрығы ең соңғы кестені жою',
    'the deletion of the schedule with the latest order',
  ]),
  wrongValue('SCSE251', [
    'замещающий; он не может замещать сам себя',
    'алмастырушы; ол өзін өзі алмастыра алмайды',
    'the substitute; nobody stands in for himself',
  ]),
  noRecord('SCSE252', [
    'замещаемый работник на этом рабочем месте',
    'осы жұмыс орнындағы алмастырылатын жұмыскер',
    'an employee to stand in for at this workplace',
  ]),
];
