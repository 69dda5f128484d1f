import {
  duplicate,
  forbidden,
  inFuture,
  mismatch,
  notInBook,
  notLeaf,
  ownWords,
  required,
  type ScseRow,
  tooFar,
  wrongOrder,
  wrongValue,
} from './scse-row.ts';

/** Codes about working conditions, consents, foreign workers and kinds of employers. */
export const conditionCodes: readonly ScseRow[] = [
  notInBook('SCSE160', ['условия труда', 'еңбек жағдайлары', 'the working conditions']),
  notLeaf('SCSE161', ['условия труда', 'еңбек жағдайлары', 'the working conditions']),
  forbidden('SCSE162', [
    'тяжёлые условия при выбранных условиях труда',
    'таңдалған еңбек жағдайларында ауыр жағдайлар',
    'hard conditions with the chosen working conditions',
  ]),
  notInBook('SCSE163', ['тяжёлые условия труда', 'ауыр еңбек жағдайлары', 'the hard working conditions']),
  notLeaf('SCSE164', ['тяжёлые условия труда', 'ауыр еңбек жағдайлары', 'the hard working conditions']),
  wrongValue('SCSE165', [
    'тяжёлые условия; до 01.01.2014 они из списка 1 или 2, с этого дня — из списка ОППВ',
    'ауыр жағдайлар; 01.01.2014 дейін 1 немесе 2-тізімнен, сол күннен бастап МКЗЖ тізімінен',
    'the hard conditions; from list 1 or 2 before 2014-01-01, from the list of obligatory professional contributions since',
  ]),
  mismatch('SCSE166', [
    'тяжёлые условия труда и должность',
    'ауыр еңбек жағдайлары мен лауазым',
    'the hard working conditions and the position',
  ]),
  forbidden('SCSE167', [
    'подтверждающий документ без тяжёлых условий труда',
    'ауыр еңбек жағдайларынсыз растайтын құжат',
    'a supporting document without hard working conditions',
  ]),
  required('SCSE168', [
    'идентификатор подтверждающего документа',
    'растайтын құжаттың идентификаторы',
    'the id of the supporting document',
  ]),
  duplicate('SCSE169', [
    'документ с этим идентификатором',
    'осы идентификаторы бар құжат',
    'a document with this id',
  ]),
  wrongValue('SCSE170', [
    'идентификатор документа: от 32 до 45 знаков, только латинские буквы, цифры и дефис',
    'құжат идентификаторы: 32-ден 45-ке дейін таңба, тек латын әріптері, цифрлар және дефис',
    'the id of the document: 32 to 45 characters, Latin letters, digits and hyphens only',
  ]),
  required('SCSE171', [
    'файл подтверждающего документа',
    'растайтын құжаттың файлы',
    'the file of the supporting document',
  ]),
  required('SCSE172', [
    'формат подтверждающего документа',
    'растайтын құжаттың форматы',
    'the format of the supporting document',
  ]),
  wrongValue('SCSE173', [
    'формат документа; принимаются pdf, jpg, jpeg и png',
    'құжат форматы; pdf, jpg, jpeg және png қабылданады',
    'the format of the document; pdf, jpg, jpeg and png are taken',
  ]),
  required('SCSE174', [
    'название подтверждающего документа',
    'растайтын құжаттың атауы',
    'the name of the supporting document',
  ]),
  ownWords(
    'SCSE175',
    'validation',
    [
      'Договоры с тяжёлыми, вредными или опасными условиями не принимаются пакетом.',
      'Ауыр, зиянды немесе қауіпті жағдайлары бар шарттар топтамамен қабылданбайды.',
      'Contracts with hard, harmful or dangerous conditions are not taken in a batch.',
    ],
    [
      'Отправьте такие договоры по одному.',
      'Мұндай шарттарды бір-бірден жіберіңіз.',
      'Send such contracts one by one.',
    ],
  ),
  required('SCSE176', [
    'тяжёлые условия при выбранных условиях труда',
    'таңдалған еңбек жағдайларындағы ауыр жағдайлар',
    'the hard conditions with the chosen working conditions',
  ]),
  ownWords(
    'SCSE177',
    'validation',
    [
      'По этому соглашению или прекращению уже запрошена специальная социальная выплата.',
      'Осы келісім немесе тоқтату бойынша арнаулы әлеуметтік төлем сұратылған.',
      'The special social payment was requested already for this agreement or termination.',
    ],
    [
      'Дождитесь завершения запроса на выплату или обратитесь в поддержку системы.',
      'Төлем сұрауының аяқталуын күтіңіз немесе жүйенің қолдау қызметіне хабарласыңыз.',
      'Wait until the request is settled, or ask the support of the system.',
    ],
  ),
  forbidden('SCSE178', [
    'отметки о согласии сторон для событий до 2024 года',
    '2024 жылға дейінгі оқиғаларға тараптардың келісім белгілері',
    'marks of consent for events before 2024',
  ]),
  ownWords(
    'SCSE179',
    'validation',
    ['Работнику нет 55 лет.', 'Жұмыскер 55 жасқа толмаған.', 'The employee is younger than 55.'],
    [
      'Проверьте ИИН работника и отметки, которые требуют этого возраста.',
      'Жұмыскердің ЖСН-ін және осы жасты талап ететін белгілерді тексеріңіз.',
      'Check the IIN of the employee and the marks that need this age.',
    ],
  ),
  forbidden('SCSE180', [
    'отметки о согласии сторон при обычных условиях труда',
    'қалыпты еңбек жағдайында тараптардың келісім белгілері',
    'marks of consent with normal working conditions',
  ]),
  required('SCSE181', [
    'отметки о согласии сторон и телефоны работника и кадровика, нужные при вредных условиях',
    'зиянды жағдайда қажет тараптардың келісім белгілері мен жұмыскердің және кадр қызметкерінің телефондары',
    'marks of consent and the telephones of employee and HR officer, needed with harmful conditions',
  ]),
  required('SCSE182', [
    'комментарий об ошибочном прекращении',
    'қате тоқтату туралы түсініктеме',
    'the comment on the mistaken termination',
  ]),
  required('SCSE183', [
    'тяжёлые условия при вредных условиях труда',
    'зиянды еңбек жағдайларындағы ауыр жағдайлар',
    'the hard conditions with harmful working conditions',
  ]),
  required('SCSE184', [
    'номер разрешения иностранца',
    'шетелдіктің рұқсатының нөмірі',
    'the number of the permit of the foreigner',
  ]),
  required('SCSE185', [
    'дата выдачи разрешения иностранца',
    'шетелдіктің рұқсаты берілген күн',
    'the date of issue of the permit of the foreigner',
  ]),
  tooFar('SCSE186', [
    'дата выдачи разрешения в прошлом',
    'рұқсат берілген өткен күн',
    'the past date of issue of the permit',
  ]),
  inFuture('SCSE187', ['дата выдачи разрешения', 'рұқсат берілген күн', 'the date of issue of the permit']),
  notInBook('SCSE188', [
    'основание привлечения иностранца',
    'шетелдікті тарту негізі',
    'the reason of employing the foreigner',
  ]),
  notLeaf('SCSE189', [
    'основание привлечения иностранца',
    'шетелдікті тарту негізі',
    'the reason of employing the foreigner',
  ]),
  notInBook('SCSE190', ['образование иностранца', 'шетелдіктің білімі', 'the education of the foreigner']),
  notLeaf('SCSE191', ['образование иностранца', 'шетелдіктің білімі', 'the education of the foreigner']),
  forbidden('SCSE192', [
    'поля иностранца для гражданина Казахстана',
    'Қазақстан азаматына шетелдіктің өрістері',
    'fields of a foreigner for a citizen of Kazakhstan',
  ]),
  mismatch('SCSE193', [
    'должность по НКЗ и штатная должность',
    'ҰКЖ бойынша лауазым мен штаттық лауазым',
    'the position of the national classifier and the staff position',
  ]),
  forbidden('SCSE253', [
    'срок трудового иммигранта для резидента Казахстана',
    'Қазақстан резидентіне еңбек иммигрантының мерзімі',
    'the term of a labour immigrant for a resident of Kazakhstan',
  ]),
  notInBook('SCSE254', ['вид работодателя', 'жұмыс берушінің түрі', 'the kind of employer']),
  mismatch('SCSE255', [
    'вид работодателя и его БИН или ИИН',
    'жұмыс берушінің түрі мен оның БСН-і немесе ЖСН-і',
    'the kind of employer and its BIN or IIN',
  ]),
  ownWords(
    'SCSE256',
    'validation',
    [
      'Трудового иммигранта нанимает только физическое лицо.',
      'Еңбек иммигрантын тек жеке тұлға жалдайды.',
      'Only a private person employs a labour immigrant.',
    ],
    [
      'Проверьте вид разрешения и работодателя.',
      'Рұқсат түрін және жұмыс берушіні тексеріңіз.',
      'Check the kind of permit and the employer.',
    ],
  ),
  ownWords(
    'SCSE257',
    'validation',
    [
      'По разрешению на иностранную рабочую силу физическое лицо не нанимает.',
      'Шетелдік жұмыс күшіне рұқсатпен жеке тұлға жалдамайды.',
      'A private person does not employ by a permit for foreign labour.',
    ],
    [
      'Проверьте вид разрешения и работодателя.',
      'Рұқсат түрін және жұмыс берушіні тексеріңіз.',
      'Check the kind of permit and the employer.',
    ],
  ),
  forbidden('SCSE258', [
    'поля специальной социальной выплаты при выбранных условиях труда',
    'таңдалған еңбек жағдайларында арнаулы әлеуметтік төлем өрістері',
    'fields of the special social payment with the chosen working conditions',
  ]),
  required('SCSE266', [
    'начало действия разрешения иностранца',
    'шетелдік рұқсатының басталу күні',
    'the first day of the permit of the foreigner',
  ]),
  required('SCSE267', [
    'конец действия разрешения иностранца',
    'шетелдік рұқсатының аяқталу күні',
    'the last day of the permit of the foreigner',
  ]),
  tooFar('SCSE268', [
    'начало действия разрешения в прошлом',
    'рұқсаттың өткен басталу күні',
    'the past first day of the permit',
  ]),
  tooFar('SCSE269', [
    'конец действия разрешения в прошлом',
    'рұқсаттың өткен аяқталу күні',
    'the past last day of the permit',
  ]),
  inFuture('SCSE270', [
    'начало действия разрешения',
    'рұқсаттың басталу күні',
    'the first day of the permit',
  ]),
  wrongValue('SCSE271', [
    'период разрешения; он не длиннее 60 дней',
    'рұқсат кезеңі; ол 60 күннен аспайды',
    'the period of the permit; it has at most 60 days',
  ]),
  wrongOrder('SCSE272', [
    'договор начинается после конца разрешения',
    'шарт рұқсат аяқталғаннан кейін басталады',
    'the contract begins after the end of the permit',
  ]),
];
