/** Terms that have passed, or may have, in words for whoever keeps the contracts. */
import { type Wording, type Words, worded } from '../scse/scse-row.ts';
import { type ContractDeadline, type ContractEvent, legalTerms } from './legal-terms.ts';

/** Russian: behind «срок»; Kazakh: before «мерзім»; English: behind “the term”. */
const events: Readonly<Record<ContractEvent, Words>> = {
  conclusion: [
    'внесения нового договора, {0} с подписания,',
    'Жаңа шартты енгізудің қол қойылғаннан кейінгі {0} мерзімі',
    'for a new contract, {0} from signing,',
  ],
  change: [
    'внесения доп. соглашения, {0} с подписания,',
    'Қосымша келісімді енгізудің қол қойылғаннан кейінгі {0} мерзімі',
    'for an additional agreement, {0} from signing,',
  ],
  correction: [
    'исправления или удаления, {0} с внесения,',
    'Түзету немесе жою үшін енгізілгеннен кейінгі {0} мерзім',
    'for correcting or deleting, {0} from the entry,',
  ],
  termination: [
    'внесения прекращения, {0} со дня прекращения,',
    'Шарттың тоқтатылуын енгізудің тоқтатылған күннен кейінгі {0} мерзімі',
    'for a termination, {0} from the end of the contract,',
  ],
  restoration: [
    'внесения восстановления работника, {0} со дня восстановления,',
    'Жұмыскердің қайта алынуын енгізудің сол күннен кейінгі {0} мерзімі',
    'for a restoration, {0} from that day,',
  ],
};

const lengths: Readonly<Record<number, Words>> = {
  3: ['3 рабочих дня', '3 жұмыс күндік', '3 working days'],
  5: ['5 рабочих дней', '5 жұмыс күндік', '5 working days'],
  10: ['10 рабочих дней', '10 жұмыс күндік', '10 working days'],
  15: ['15 календарных дней', '15 күнтізбелік күндік', '15 calendar days'],
  30: ['30 календарных дней', '30 күнтізбелік күндік', '30 calendar days'],
};

const sendNow: Words = [
  'Проверьте дату; верную не меняйте. Если запись ещё не внесена, отправьте её сейчас: принять ли её, решает сервер. Сохраните доказательства причин опоздания.',
  'Күнді тексеріңіз; дұрысын өзгертпеңіз. Жазба әлі енгізілмесе, қазір жіберіңіз: қабылдау-қабылдамауды сервер шешеді. Кешігу себептерінің дәлелін сақтаңыз.',
  'Check the date; leave a right one as it is. If nothing is entered yet, send it now: the server decides whether to take it. Keep evidence of the reasons for the delay.',
];

const sendAndCount: Words = [
  'Отправьте сейчас, не откладывая; чтобы срок был посчитан точно, дайте выходные и праздничные дни этих лет.',
  'Кейінге қалдырмай, қазір жіберіңіз; мерзім дәл есептелуі үшін осы жылдардың демалыс және мереке күндерін беріңіз.',
  'Send it now; to have the term counted for certain, give the days off of these years.',
];

/** What a {@link ContractDeadline} that has passed means, and what to do. */
export function deadlineWords({ event, lastDay, unknownYears }: ContractDeadline): {
  readonly message: Wording;
  readonly remedy: Wording;
} {
  const { days } = legalTerms[event];
  const about = events[event].map((words, index) => words.replace('{0}', lengths[days]?.[index] ?? ''));
  const [ru = '', kk = '', en = ''] = about;
  const [year = '', month = '', day = ''] = lastDay.slice(0, 10).split('-');
  const dotted = `${day}.${month}.${year}`;
  const years = unknownYears.join(', ');
  if (unknownYears.length === 0) {
    return {
      message: worded([
        `Срок ${ru} истёк ${dotted}.`,
        `${kk} ${dotted} күні өтті.`,
        `The term ${en} ended on ${lastDay}.`,
      ]),
      remedy: worded(sendNow),
    };
  }
  return {
    message: worded([
      `Срок ${ru} без учёта праздников истёк ${dotted}; праздники могли его продлить, они неизвестны: ${years}.`,
      `${kk} мерекелерді есептемегенде ${dotted} күні өтті; мерекелер оны ұзартуы мүмкін еді, олар белгісіз: ${years}.`,
      `The term ${en} ended on ${lastDay}, not counting holidays; holidays may have put it off, they are not known: ${years}.`,
    ]),
    remedy: worded(sendAndCount),
  };
}
