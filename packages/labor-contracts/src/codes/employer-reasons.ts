import { type CodeEntry, entry } from './code-list.ts';

/** Codes of reasons of the employer. */
export type EmployerReasonCode =
  | `03-00${'1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'}`
  | `03-01${'0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'}`
  | `03-02${'0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'}`
  | `03-03${'0' | '1' | '2'}`;

const employer = (article: string): Pick<CodeEntry, 'parent' | 'article'> => ({ parent: '03', article });

/** Reasons of termination under the heading 03, by the initiative of the employer: Labour Code, article 52. */
export const employerReasons: readonly CodeEntry<EmployerReasonCode>[] = [
  entry(
    '03-001',
    ['ликвидация работодателя', 'жұмыс берушінің таратылуы', 'the employer is wound up'],
    employer('52.1.1'),
  ),
  entry(
    '03-002',
    ['сокращение численности или штата', 'сан немесе штат қысқаруы', 'reduction of staff'],
    employer('52.1.2'),
  ),
  entry(
    '03-003',
    ['спад производства с ухудшением дел', 'жағдайды нашарлатқан өндіріс азаюы', 'decline of production'],
    employer('52.1.3'),
  ),
  entry(
    '03-004',
    [
      'не хватает квалификации (аттестация)',
      'біліктілік жеткіліксіз (аттестаттау)',
      'lack of qualification (attestation)',
    ],
    employer('52.1.4'),
  ),
  entry(
    '03-005',
    [
      'снова не сдан экзамен по безопасности',
      'қауіпсіздік емтиханынан қайта өтпеді',
      'failed the safety exam again',
    ],
    employer('52.1.5'),
  ),
  entry(
    '03-006',
    [
      'здоровье не позволяет работать',
      'денсаулығы жұмысқа мүмкіндік бермейді',
      'health does not allow the work',
    ],
    employer('52.1.6'),
  ),
  entry(
    '03-007',
    ['не пройден испытательный срок', 'сынақ мерзімінен өтпеді', 'failed the probation'],
    employer('52.1.7'),
  ),
  entry(
    '03-008',
    [
      'отсутствие три часа и дольше без причины',
      'себепсіз үш сағат және одан көп болмау',
      'absent for three hours or more',
    ],
    employer('52.1.8'),
  ),
  entry('03-009', ['опьянение на работе', 'жұмыстағы масаңдық', 'intoxicated at work'], employer('52.1.9')),
  entry(
    '03-010',
    [
      'отказ от освидетельствования на опьянение',
      'масаңдыққа куәландырудан бас тарту',
      'refused an intoxication test',
    ],
    employer('52.1.10'),
  ),
  entry(
    '03-011',
    [
      'нарушение правил охраны труда или безопасности',
      'еңбекті қорғау не қауіпсіздік қағидаларын бұзу',
      'broke safety rules',
    ],
    employer('52.1.11'),
  ),
  entry(
    '03-012',
    [
      'хищение или порча имущества на работе',
      'жұмыста мүлікті ұрлау не бүлдіру',
      'theft or damage of property',
    ],
    employer('52.1.12'),
  ),
  entry('03-013', ['утрата доверия', 'сенімнен айырылу', 'loss of trust'], employer('52.1.13')),
  entry(
    '03-014',
    ['аморальный проступок воспитателя', 'тәрбиешінің моральға жат қылығы', 'immoral act of an educator'],
    employer('52.1.14'),
  ),
  entry('03-015', ['разглашение тайны', 'құпияны жария ету', 'disclosed a secret'], employer('52.1.15')),
  entry(
    '03-016',
    ['повторное неисполнение обязанностей', 'міндеттерді қайта орындамау', 'neglected duties again'],
    employer('52.1.16'),
  ),
  entry(
    '03-017',
    [
      'ложные документы при приёме или переводе',
      'қабылдау не ауыстыру кезіндегі жалған құжаттар',
      'false documents',
    ],
    employer('52.1.17'),
  ),
  entry(
    '03-018',
    ['ущерб от нарушения руководителем', 'басшының бұзуынан келген нұқсан', 'damage caused by a manager'],
    employer('52.1.18'),
  ),
  entry(
    '03-019',
    [
      'прекращён допуск к государственным секретам',
      'мемлекеттік құпияларға рұқсат тоқтатылды',
      'clearance has ended',
    ],
    employer('52.1.19'),
  ),
  entry(
    '03-020',
    [
      'больше двух месяцев нетрудоспособности',
      'екі айдан астам еңбекке жарамсыздық',
      'unfit for work for over two months',
    ],
    employer('52.1.20'),
  ),
  entry(
    '03-021',
    [
      'коррупционное правонарушение по решению суда',
      'сот актісімен сыбайлас жемқорлық құқық бұзушылық',
      'corruption, found by a court',
    ],
    employer('52.1.21'),
  ),
  entry(
    '03-022',
    [
      'участие в забастовке, которую суд остановил',
      'сот тоқтатқан ереуілге қатысу',
      'went on with a strike that a court stopped',
    ],
    employer('52.1.22'),
  ),
  entry(
    '03-023',
    [
      'досрочно прекращены полномочия руководителя',
      'басшының өкілеттігі мерзімінен бұрын тоқтатылды',
      "a manager's powers ended early",
    ],
    employer('52.1.23'),
  ),
  entry('03-024', ['пенсионный возраст', 'зейнеткерлік жас', 'pension age'], employer('52.1.24')),
  entry(
    '03-025',
    [
      'больше месяца отсутствия по неизвестной причине',
      'белгісіз себеппен бір айдан астам болмау',
      'absent for over a month, reason unknown',
    ],
    employer('52.1.25'),
  ),
  entry(
    '03-026',
    ['простой дольше двух недель', 'екі аптадан астам бос тұру', 'standstill of over two weeks'],
    { parent: '03', actual: false },
  ),
  entry(
    '03-027',
    ['месяц нетрудоспособности подряд', 'қатарынан бір ай еңбекке жарамсыздық', 'unfit for work for a month'],
    { parent: '03', actual: false },
  ),
  entry(
    '03-028',
    [
      'несоответствие профессиональным требованиям закона',
      'заңның кәсіби талаптарына сай келмеу',
      'does not meet professional requirements of law',
    ],
    employer('52.1.4-1'),
  ),
  entry(
    '03-029',
    ['лишение квалификации оценщика', 'бағалаушы біліктілігінен айыру', 'lost the qualification of a valuer'],
    employer('52.1.5-1'),
  ),
  entry(
    '03-030',
    [
      'иностранное гражданство руководителя квазигоссектора',
      'квазимемлекеттік сектор басшысының шетел азаматтығы',
      'foreign citizenship of a quasi-public manager',
    ],
    employer('52.1-1.1'),
  ),
  entry(
    '03-031',
    [
      'коррупционное преступление в квазигоссекторе',
      'квазимемлекеттік сектордағы сыбайлас жемқорлық қылмысы',
      'corruption crime in the quasi-public sector',
    ],
    employer('52.1-1.2'),
  ),
  entry(
    '03-032',
    [
      'вместо совместителя принят основной работник',
      'қоса атқарушының орнына негізгі жұмыскер алынды',
      'a main employee replaces the secondary one',
    ],
    employer('52.2'),
  ),
];
