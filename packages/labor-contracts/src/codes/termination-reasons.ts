import { type CodeEntry, entry } from './code-list.ts';
import { type EmployerReasonCode, employerReasons } from './employer-reasons.ts';

type Place = Pick<CodeEntry, 'parent' | 'article'>;

const circumstances = (article: string): Place => ({ parent: '06', article });
const refusal = (article: string): Place => ({ parent: '07', article });
const breach = (article: string): Place => ({ parent: '09', article });
const heading = { leaf: false } as const;

const leaves: readonly CodeEntry<TerminationReasonCode>[] = [
  entry('01', ['по соглашению сторон', 'тараптардың келісімімен', 'agreement of the parties'], {
    article: '49.1',
  }),
  entry('02', ['истёк срок договора', 'шарт мерзімі аяқталды', 'the term has ended'], { article: '49.2' }),
  ...employerReasons,
  entry(
    '04',
    ['перевод к другому юридическому лицу', 'басқа заңды тұлғаға ауысу', 'transfer to another organisation'],
    { article: '55' },
  ),
  entry('05', ['по желанию работника', 'жұмыскердің бастамасымен', 'the employee gave notice'], {
    article: '49.5',
  }),
  entry(
    '06-001',
    [
      'отозвано разрешение или истёк вид на жительство',
      'рұқсат қайтарылды не ықтиярхат мерзімі өтті',
      'permit withdrawn or residence ended',
    ],
    circumstances('57.1.1'),
  ),
  entry(
    '06-002',
    ['приговор исключает работу', 'үкім жұмысты болғызбайды', 'a sentence rules out the work'],
    circumstances('57.1.2'),
  ),
  entry(
    '06-003',
    ['смерть или безвестное отсутствие', 'қайтыс болу не хабарсыз кету', 'death or missing'],
    circumstances('57.1.3'),
  ),
  entry(
    '06-004',
    [
      'работник признан недееспособным',
      'жұмыскер әрекетке қабілетсіз деп танылды',
      'the employee lost legal capacity',
    ],
    circumstances('57.1.4'),
  ),
  entry(
    '06-005',
    ['восстановлен прежний работник', 'бұрынғы жұмыскер қайта алынды', 'an earlier employee was restored'],
    circumstances('57.1.5'),
  ),
  entry(
    '06-006',
    [
      'поступление на военную или специальную службу',
      'әскери не арнаулы қызметке кіру',
      'joined military or special service',
    ],
    circumstances('57.1.6'),
  ),
  entry(
    '07-001',
    [
      'отказ переехать с работодателем',
      'жұмыс берушімен бірге көшуден бас тарту',
      'refused to move with the employer',
    ],
    refusal('58.1.3'),
  ),
  entry(
    '07-002',
    [
      'отказ из-за новых условий труда',
      'еңбек жағдайлары өзгергендіктен бас тарту',
      'refused changed conditions',
    ],
    refusal('58.1.2'),
  ),
  entry(
    '07-003',
    [
      'отказ от временного перевода по здоровью',
      'денсаулық бойынша уақытша ауысудан бас тарту',
      'refused a transfer for health',
    ],
    refusal('58.1.1'),
  ),
  entry(
    '08',
    ['выборная работа или назначение', 'сайланбалы жұмыс не тағайындау', 'elected or appointed elsewhere'],
    { article: '49.8' },
  ),
  entry(
    '09-001',
    [
      'работа противопоказана по здоровью',
      'жұмыс денсаулыққа қарсы көрсетілген',
      'the work is contraindicated',
    ],
    breach('60.1'),
  ),
  entry(
    '09-002',
    [
      'работа запрещена приговором или судом',
      'жұмысқа үкім не сот тыйым салған',
      'the work is barred by a court',
    ],
    breach('60.2'),
  ),
  entry(
    '09-003',
    [
      'иностранец без разрешения или справки',
      'рұқсатсыз не анықтамасыз шетелдік',
      'a foreigner without permit or certificate',
    ],
    breach('60.3'),
  ),
  entry(
    '09-004',
    [
      'иностранец в государственном органе с нарушением',
      'мемлекеттік органдағы шетелдік, талап бұзылған',
      'a foreigner in a state body against the rules',
    ],
    breach('60.4'),
  ),
  entry(
    '09-005',
    [
      'лица, с которыми договор не заключают (ст. 26)',
      'шарт жасалмайтын адамдар (26-бап)',
      'persons who may not be employed (article 26)',
    ],
    breach('60.5'),
  ),
  entry(
    '09-006',
    ['другие случаи по закону', 'заңдағы басқа жағдайлар', 'other cases by law'],
    breach('60.6'),
  ),
];

/** Codes of {@link terminationReasons} that may be sent, or could be until they were withdrawn. */
export type TerminationReasonCode =
  | '01'
  | '02'
  | '04'
  | '05'
  | '08'
  | EmployerReasonCode
  | `06-00${'1' | '2' | '3' | '4' | '5' | '6'}`
  | `07-00${'1' | '2' | '3'}`
  | `09-00${'1' | '2' | '3' | '4' | '5' | '6'}`;

/**
 * Reasons of termination (основание прекращения), D_TERM_REASON, 56 entries (evidence: A-, official book through a public
 * copy). The four headings 03, 06, 07 and 09 may not be sent (SCSE084); 03-026 and 03-027 are out of use.
 *
 * Articles are those of the Russian names; the Kazakh names of 06 cite article 51 instead of 57.
 */
export const terminationReasons: readonly CodeEntry[] = Object.freeze(
  [
    ...leaves,
    entry(
      '03',
      ['по инициативе работодателя', 'жұмыс берушінің бастамасымен', 'at the initiative of the employer'],
      heading,
    ),
    entry(
      '06',
      [
        'по обстоятельствам вне воли сторон',
        'тараптардың еркінен тыс мән-жайлармен',
        'circumstances beyond both parties',
      ],
      heading,
    ),
    entry(
      '07',
      [
        'отказ работника продолжать',
        'жұмыскердің жалғастырудан бас тартуы',
        'the employee refuses to continue',
      ],
      heading,
    ),
    entry(
      '09',
      [
        'нарушены условия заключения договора',
        'шарт жасау талаптары бұзылған',
        'the contract should not have been concluded',
      ],
      heading,
    ),
  ].sort((a, b) => (a.code < b.code ? -1 : 1)),
);
