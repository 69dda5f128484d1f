/**
 * The short lists of codes (evidence: A-, official books of ЕСУТД through a public copy, newest row October 2024).
 *
 * @module
 */
import { type CodeEntry, entry } from './code-list.ts';

/** Codes of {@link contractTerms} that are known. */
export type ContractTermCode = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8';

/**
 * Term of a contract (срок договора), D_CONTRACT_DATE. Open: the error book (SCSE253) names a ninth term, that of a labour
 * immigrant, whose code is not known.
 */
export const contractTerms: readonly CodeEntry<ContractTermCode>[] = Object.freeze([
  entry('1', ['на неопределённый срок', 'белгіленбеген мерзімге', 'indefinite']),
  entry('2', ['на срок не меньше года', 'кемінде бір жыл мерзімге', 'fixed, at least a year']),
  entry('3', [
    'на срок, у субъекта малого предпринимательства',
    'мерзімге, шағын кәсіпкерлік субъектісінде',
    'fixed, at a small business',
  ]),
  entry('4', ['на время определённой работы', 'белгілі бір жұмыс уақытына', 'for a certain piece of work']),
  entry('5', [
    'на время замещения отсутствующего',
    'жоқ жұмыскерді алмастыру уақытына',
    'in place of an absent employee',
  ]),
  entry('6', ['на время сезонной работы', 'маусымдық жұмыс уақытына', 'for seasonal work']),
  entry('7', [
    'в пределах срока разрешения на иностранную рабочую силу',
    'шетелдік жұмыс күшіне рұқсат мерзімі шегінде',
    'within the permit for foreign labour',
  ]),
  entry('8', [
    'до конца отпуска по уходу за ребёнком',
    'бала күтімі демалысының соңына дейін',
    'until the end of a childcare leave',
  ]),
]);

/** Kind of work (вид работы), D_PART_TIME. */
export const workTypes: readonly CodeEntry<'1' | '2'>[] = Object.freeze([
  entry('1', ['по совместительству', 'қоса атқару бойынша', 'secondary job']),
  entry('2', ['основная', 'негізгі', 'main job']),
]);

/** Where the work is done (дистанционная работа), D_REMOTE_WORK. */
export const remoteWork: readonly CodeEntry<'1' | '2' | '3'>[] = Object.freeze([
  entry('1', ['дистанционная', 'қашықтан', 'remote']),
  entry('2', ['комбинированная', 'аралас', 'partly remote']),
  entry('3', ['у работодателя', 'жұмыс берушінің орнында', "at the employer's"]),
]);

/** Mode of working hours (режим рабочего времени), D_WORKING_HOURS. */
export const workingHours: readonly CodeEntry<'1' | '2' | '3' | '4' | '5'>[] = Object.freeze([
  entry('1', ['нормальный', 'қалыпты', 'normal']),
  entry('2', ['сокращённый', 'қысқартылған', 'shortened']),
  entry('3', ['неполный', 'толық емес', 'part-time']),
  entry('4', ['меньшей продолжительности', 'ұзақтығы азырақ', 'of a lesser length']),
  entry('5', ['гибкий', 'икемді', 'flexible']),
]);

/** Who decided that an employee is restored (орган, восстановивший на работе), D_RESTORE_ORGANIZATION_TYPE. */
export const restoringBodies: readonly CodeEntry<'1' | '2'>[] = Object.freeze([
  entry('1', ['суд', 'сот', 'court']),
  entry('2', ['согласительная комиссия', 'келісім комиссиясы', 'conciliation commission']),
]);

const old = { actual: false } as const;

/** Social leave (социальный отпуск), D_SOCIAL_LEAVE_TYPE. Only the first two are in use. */
export const socialLeaves: readonly CodeEntry<'1' | '2' | '3' | '4' | '5' | '6'>[] = Object.freeze([
  entry('1', [
    'по беременности, родам и усыновлению',
    'жүктілік, босану және бала асырап алу бойынша',
    'maternity and adoption',
  ]),
  entry('2', [
    'по уходу за ребёнком до 3 лет, без оплаты',
    '3 жасқа дейінгі бала күтімі бойынша, ақысыз',
    'care of a child below 3, unpaid',
  ]),
  entry('3', ['без оплаты', 'ақысыз', 'unpaid'], old),
  entry('4', ['учебный', 'оқу', 'study'], old),
  entry(
    '5',
    [
      'для скрининга, до трёх дней в году',
      'скрининг үшін, жылына үш күнге дейін',
      'screening, up to three days a year',
    ],
    old,
  ),
  entry(
    '6',
    [
      'для постановки на учёт по беременности',
      'жүктілік бойынша есепке тұру үшін',
      'registration of a pregnancy',
    ],
    old,
  ),
]);
