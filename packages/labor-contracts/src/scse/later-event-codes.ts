import {
  duplicate,
  forbidden,
  inFuture,
  mismatch,
  noRecord,
  notInBook,
  ownWords,
  required,
  type ScseRow,
  tooFar,
  type Words,
  wrongOrder,
  wrongValue,
} from './scse-row.ts';

const askSupport: Words = [
  'Обратитесь в поддержку системы, назвав идентификатор договора.',
  'Шарттың идентификаторын көрсетіп, жүйенің қолдау қызметіне хабарласыңыз.',
  'Ask the support of the system, with the id of the contract.',
];

const checkRecord: Words = [
  'Сверьте состояние договора в системе с вашими данными.',
  'Шарттың жүйедегі күйін өз деректеріңізбен салыстырыңыз.',
  'Compare the state of the contract in the system with your data.',
];

/** Codes about what happens to a contract later: restoration, prolongation, leaves, other numbers, reorganisation. */
export const laterEventCodes: readonly ScseRow[] = [
  inFuture('SCSE094', ['дата восстановления', 'қайта алу күні', 'the date of restoration']),
  ownWords(
    'SCSE095',
    'validation',
    [
      'Договор не прекращён, восстанавливать нечего.',
      'Шарт тоқтатылмаған, қалпына келтіретін ештеңе жоқ.',
      'The contract is not terminated: there is nothing to restore.',
    ],
    checkRecord,
  ),
  mismatch('SCSE096', [
    'дата прекращения и та, что зарегистрирована',
    'тоқтату күні мен тіркелген күн',
    'the date of termination and the registered one',
  ]),
  mismatch('SCSE097', ['БИН или ИИН и договор', 'БСН немесе ЖСН және шарт', 'BIN or IIN and the contract']),
  required('SCSE098', ['номер приказа', 'бұйрықтың нөмірі', 'the number of the order']),
  required('SCSE099', ['дата восстановления', 'қайта алу күні', 'the date of restoration']),
  notInBook('SCSE100', [
    'орган, который решил восстановить',
    'қайта алу туралы шешім шығарған орган',
    'the body that decided on the restoration',
  ]),
  required('SCSE101', [
    'код суда, который решил восстановить',
    'қайта алу туралы шешім шығарған соттың коды',
    'the code of the court that decided on the restoration',
  ]),
  wrongOrder('SCSE102', [
    'прекращение позже восстановления',
    'тоқтату қайта алудан кейін',
    'the termination is later than the restoration',
  ]),
  required('SCSE103', [
    'орган, который решил восстановить',
    'қайта алу туралы шешім шығарған орган',
    'the body that decided on the restoration',
  ]),
  notInBook('SCSE104', ['вид работы', 'жұмыс түрі', 'the kind of work']),
  required('SCSE105', [
    'код КАТО места работы',
    'жұмыс орнының ӘАОЖ коды',
    'the KATO code of the place of work',
  ]),
  notInBook('SCSE107', ['страна', 'ел', 'the country']),
  forbidden('SCSE108', [
    'код КАТО для места вне Казахстана',
    'Қазақстаннан тыс орынға ӘАОЖ коды',
    'a KATO code for a place outside of Kazakhstan',
  ]),
  required('SCSE109', ['дата продления', 'ұзарту күні', 'the date of prolongation']),
  inFuture('SCSE110', ['дата продления', 'ұзарту күні', 'the date of prolongation']),
  forbidden('SCSE111', [
    'продление договора, срок которого уже не ограничен',
    'мерзімі шектелмеген шартты ұзарту',
    'the prolongation of a contract without an end',
  ]),
  ownWords(
    'SCSE112',
    'validation',
    [
      'Продление не встаёт в ряд уже зарегистрированных продлений.',
      'Ұзарту тіркелген ұзартулардың ретіне сай келмейді.',
      'The prolongation does not follow the registered ones.',
    ],
    checkRecord,
  ),
  wrongValue('SCSE113', [
    'срок договора; здесь он бывает только неопределённым',
    'шарттың мерзімі; мұнда ол тек белгіленбеген болады',
    'the term; only an indefinite one is allowed here',
  ]),
  wrongValue('SCSE114', [
    'срок договора; здесь он неопределённый или такой же, как продлеваемый',
    'шарттың мерзімі; мұнда ол белгіленбеген немесе ұзартылатынмен бірдей',
    'the term; here it is indefinite or that of the period prolonged',
  ]),
  wrongValue('SCSE115', [
    'дата окончания в продлении',
    'ұзартудағы аяқталу күні',
    'the end date of the prolongation',
  ]),
  mismatch('SCSE116', [
    'дата продления и дата окончания договора',
    'ұзарту күні мен шарттың аяқталу күні',
    'the date of prolongation and the end of the contract',
  ]),
  wrongValue('SCSE117', [
    'новый ИИН; он тот же, что прежний',
    'жаңа ЖСН; ол бұрынғымен бірдей',
    'the new IIN; it is the old one',
  ]),
  wrongValue('SCSE118', [
    'новый БИН или ИИН; он тот же, что прежний',
    'жаңа БСН немесе ЖСН; ол бұрынғымен бірдей',
    'the new BIN or IIN; it is the old one',
  ]),
  ownWords(
    'SCSE119',
    'validation',
    [
      'Соглашение о смене БИН или ИИН работодателя нельзя ни изменить, ни удалить.',
      'Жұмыс берушінің БСН-ін немесе ЖСН-ін ауыстыру туралы келісімді өзгертуге де, жоюға да болмайды.',
      'An agreement that changes BIN or IIN of the employer can be neither changed nor deleted.',
    ],
    askSupport,
  ),
  duplicate('SCSE120', [
    'продление прежнего договора или соглашения',
    'бұрынғы шарттың немесе келісімнің ұзартылуы',
    'a prolongation of the earlier contract or agreement',
  ]),
  duplicate('SCSE121', [
    'социальный отпуск с этого дня',
    'осы күннен басталатын әлеуметтік демалыс',
    'a social leave from this day',
  ]),
  required('SCSE122', [
    'табельный номер работника',
    'жұмыскердің табель нөмірі',
    'the personnel number of the employee',
  ]),
  required('SCSE123', ['первый день отпуска', 'демалыстың бірінші күні', 'the first day of the leave']),
  required('SCSE124', ['последний день отпуска', 'демалыстың соңғы күні', 'the last day of the leave']),
  inFuture('SCSE126', ['первый день отпуска', 'демалыстың бірінші күні', 'the first day of the leave']),
  wrongOrder('SCSE127', [
    'отпуск начинается позже, чем кончается',
    'демалыс аяқталғаннан кейін басталады',
    'the leave begins after its end',
  ]),
  tooFar('SCSE128', [
    'последний день отпуска, больше 50 лет назад',
    'демалыстың соңғы күні, 50 жылдан бұрын',
    'the last day of the leave, more than 50 years ago',
  ]),
  required('SCSE129', ['первый рабочий день', 'бірінші жұмыс күні', 'the first working day']),
  wrongOrder('SCSE130', [
    'отпуск кончается позже первого рабочего дня',
    'демалыс бірінші жұмыс күнінен кейін аяқталады',
    'the leave ends after the first working day',
  ]),
  tooFar('SCSE131', [
    'первый рабочий день, больше чем через 50 лет',
    'бірінші жұмыс күні, 50 жылдан кейін',
    'the first working day, more than 50 years ahead',
  ]),
  mismatch('SCSE132', [
    'ИИН работника и удаляемый отпуск',
    'жұмыскердің ЖСН-і мен жойылатын демалыс',
    'IIN of the employee and the leave to be deleted',
  ]),
  required('SCSE134', [
    'идентификатор социального отпуска',
    'әлеуметтік демалыстың идентификаторы',
    'the id of the social leave',
  ]),
  required('SCSE135', ['вид социального отпуска', 'әлеуметтік демалыс түрі', 'the kind of social leave']),
  notInBook('SCSE136', ['вид социального отпуска', 'әлеуметтік демалыс түрі', 'the kind of social leave']),
  noRecord('SCSE137', ['социальный отпуск', 'әлеуметтік демалыс', 'the social leave']),
  required('SCSE138', ['сведения о договоре', 'шарт туралы мәліметтер', 'the data of the contract']),
  tooFar('SCSE139', [
    'начало работы, больше 70 лет назад',
    'жұмыстың басталуы, 70 жылдан бұрын',
    'the beginning of work, more than 70 years ago',
  ]),
  tooFar('SCSE140', [
    'начало работы, больше чем через 50 лет',
    'жұмыстың басталуы, 50 жылдан кейін',
    'the beginning of work, more than 50 years ahead',
  ]),
  tooFar('SCSE141', [
    'окончание договора, больше чем через 50 лет',
    'шарттың аяқталуы, 50 жылдан кейін',
    'the end of the contract, more than 50 years ahead',
  ]),
  tooFar('SCSE142', [
    'окончание договора в соглашении, больше чем через 50 лет',
    'келісімдегі шарттың аяқталуы, 50 жылдан кейін',
    'the end of the contract in the agreement, more than 50 years ahead',
  ]),
  wrongValue('SCSE143', [
    'отпуск по беременности и родам; он не длиннее 184 дней',
    'жүктілік пен босануға байланысты демалыс; ол 184 күннен аспайды',
    'the maternity leave; it has at most 184 days',
  ]),
  forbidden('SCSE144', [
    'другие даты, кроме первого и последнего дня: отпуск не по беременности и родам',
    'бірінші және соңғы күннен басқа күндер: демалыс жүктілік пен босануға байланысты емес',
    'other dates than the first and the last day: it is no maternity leave',
  ]),
  ownWords(
    'SCSE145',
    'validation',
    [
      'За новым ИИН уже числится другой прежний ИИН.',
      'Жаңа ЖСН-ге басқа бұрынғы ЖСН тіркелген.',
      'The new IIN has another earlier IIN already.',
    ],
    askSupport,
  ),
  required('SCSE146', [
    'срок договора в автоматически продлеваемом периоде',
    'автоматты ұзартылатын кезеңдегі шарт мерзімі',
    'the term of the period that is prolonged automatically',
  ]),
  wrongOrder('SCSE147', [
    'отпуск начинается раньше договора',
    'демалыс шарттан бұрын басталады',
    'the leave begins before the contract',
  ]),
  notInBook('SCSE148', ['суд', 'сот', 'the court']),
  notInBook('SCSE150', ['дистанционная работа', 'қашықтан жұмыс', 'remote work']),
  forbidden('SCSE151', [
    'срок до конца отпуска по уходу за ребёнком: он бывает только в дополнительном соглашении',
    'бала күтімі демалысының соңына дейінгі мерзім: ол тек қосымша келісімде болады',
    'a term until the end of a childcare leave, which only an additional agreement may have',
  ]),
  noRecord('SCSE153', [
    'реорганизация в базе юридических лиц',
    'заңды тұлғалар базасындағы қайта ұйымдастыру',
    'the reorganisation in the register of organisations',
  ]),
  wrongOrder('SCSE154', [
    'даты реорганизации нет, или она раньше зарегистрированной',
    'қайта ұйымдастыру күні жоқ немесе тіркелгеннен бұрын',
    'there is no date of reorganisation, or it is before the registered one',
  ]),
  wrongOrder('SCSE155', [
    'реорганизация раньше заключения договора',
    'қайта ұйымдастыру шарт жасалғанға дейін',
    'the reorganisation is before the conclusion of the contract',
  ]),
  inFuture('SCSE156', ['дата реорганизации', 'қайта ұйымдастыру күні', 'the date of reorganisation']),
  ownWords(
    'SCSE157',
    'validation',
    [
      'Принимающая организация не связана с прежней: она не правопреемник, не выделена из неё и не в одной с ней филиальной сети.',
      'Қабылдаушы ұйым бұрынғымен байланысты емес: құқық мирасқоры емес, одан бөлінбеген және онымен бір филиал желісінде емес.',
      'The receiving organisation is not tied to the old one: neither its successor, nor separated from it, nor in one network of branches.',
    ],
    [
      'Проверьте БИН принимающей стороны и сведения о реорганизации в базе юридических лиц.',
      'Қабылдаушы тараптың БСН-ін және заңды тұлғалар базасындағы қайта ұйымдастыру туралы мәліметтерді тексеріңіз.',
      'Check the BIN of the receiving side and the reorganisation in the register of organisations.',
    ],
  ),
  wrongOrder('SCSE158', [
    'продление не раньше окончания',
    'ұзарту аяқталудан бұрын емес',
    'the prolongation is not before the end',
  ]),
];
