/**
 * How the meanings of SCSE codes are put down: most of them say one of a few things about one subject, and the sentence
 * is made from the two, in each language.
 *
 * @module
 */

/** One text in Russian, Kazakh and English. */
export interface Wording {
  readonly ru: string;
  readonly kk: string;
  readonly en: string;
}

/** What a code is about, for a program. */
export type ScseClass =
  /** The registration succeeded. */
  | 'ok'
  /** The payload signature, or who made it. */
  | 'signature'
  /** It is registered already. */
  | 'duplicate'
  /** What the request refers to is not in the system. */
  | 'not-found'
  /** The request breaks a rule. */
  | 'validation'
  /** A legal term has passed, or the moment at which the employer could change something. */
  | 'deadline'
  /** The payload is larger than allowed. */
  | 'too-big'
  /** The system does not say what is wrong. */
  | 'unknown';

/** One code with its meaning and what to do. */
export interface ScseRow extends Wording {
  readonly code: string;
  readonly class: ScseClass;
  readonly remedy: Wording;
}

/** Russian, Kazakh, English. */
export type Words = readonly [ru: string, kk: string, en: string];

/** The same, by language. */
export const worded = ([ru, kk, en]: Words): Wording => ({ ru, kk, en });

type Statement = { readonly class: ScseClass; readonly before: Words; readonly remedy: Words };

function about(statement: Statement): (code: string, subject: Words) => ScseRow {
  const { before, remedy } = statement;
  return (code, subject) => ({
    code,
    class: statement.class,
    ru: `${before[0]}: ${subject[0]}.`,
    kk: `${before[1]}: ${subject[1]}.`,
    en: `${before[2]}: ${subject[2]}.`,
    remedy: worded(remedy),
  });
}

/** Something was left out. */
export const required: (code: string, subject: Words) => ScseRow = about({
  class: 'validation',
  before: ['Не заполнено', 'Толтырылмаған', 'Not filled in'],
  remedy: [
    'Заполните это поле и отправьте новое сообщение.',
    'Осы өрісті толтырып, жаңа хабарлама жіберіңіз.',
    'Fill it in and send a new message.',
  ],
});

/** A code is in no current entry of its book. */
export const notInBook: (code: string, subject: Words) => ScseRow = about({
  class: 'validation',
  before: [
    'Кода нет в действующем справочнике',
    'Код қолданыстағы анықтамалықта жоқ',
    'The code is not in the current reference book',
  ],
  remedy: [
    'Обновите справочник и возьмите из него действующий код.',
    'Анықтамалықты жаңартып, одан қолданыстағы кодты алыңыз.',
    'Update the reference book and take a current code from it.',
  ],
});

/** A code is a heading of its book. */
export const notLeaf: (code: string, subject: Words) => ScseRow = about({
  class: 'validation',
  before: [
    'Указан раздел справочника вместо его конечной записи',
    'Анықтамалықтың соңғы жазбасының орнына бөлімі көрсетілген',
    'The code is a heading of the reference book, not an entry',
  ],
  remedy: [
    'Выберите запись самого нижнего уровня.',
    'Ең төменгі деңгейдегі жазбаны таңдаңыз.',
    'Choose an entry of the lowest level.',
  ],
});

/** What the request refers to is not there. */
export const noRecord: (code: string, subject: Words) => ScseRow = about({
  class: 'not-found',
  before: ['В системе не найдено', 'Жүйеден табылмады', 'Not found in the system'],
  remedy: [
    'Сверьте идентификатор с ответом о регистрации и убедитесь, что обращаетесь в тот же контур (тестовый или промышленный).',
    'Идентификаторды тіркеу туралы жауаппен салыстырып, сол ортаға (тест немесе өнеркәсіптік) жүгініп отырғаныңызды тексеріңіз.',
    'Compare the id with the answer to the registration, and check that it is the same system, test or production.',
  ],
});

/** It is there already. */
export const duplicate: (code: string, subject: Words) => ScseRow = about({
  class: 'duplicate',
  before: ['Уже зарегистрировано', 'Бұрын тіркелген', 'Registered already'],
  remedy: [
    'Не отправляйте повторно: найдите прежнюю запись; если это другая запись, измените номер или идентификатор.',
    'Қайта жібермеңіз: бұрынғы жазбаны табыңыз; бұл басқа жазба болса, нөмірін немесе идентификаторын өзгертіңіз.',
    'Do not send it again: find the earlier record. If this is another one, change its number or id.',
  ],
});

/** A date lies in the future. */
export const inFuture: (code: string, subject: Words) => ScseRow = about({
  class: 'validation',
  before: ['Дата позже сегодняшней', 'Күн бүгінгіден кейін', 'The date is later than today'],
  remedy: [
    'Исправьте дату или отправьте сведения в этот день; проверьте часы компьютера.',
    'Күнді түзетіңіз немесе мәліметті сол күні жіберіңіз; компьютер сағатын тексеріңіз.',
    'Correct the date, or send it on that day; check the clock of the machine.',
  ],
});

/** A date lies too far away. */
export const tooFar: (code: string, subject: Words) => ScseRow = about({
  class: 'validation',
  before: ['Дата слишком далека от сегодняшней', 'Күн бүгінгіден тым алыс', 'The date is too far from today'],
  remedy: [
    'Проверьте год; если дата верна, обратитесь в поддержку системы.',
    'Жылын тексеріңіз; күн дұрыс болса, жүйенің қолдау қызметіне хабарласыңыз.',
    'Check the year. If the date is right, ask the support of the system.',
  ],
});

/** Something is given where it must not be. */
export const forbidden: (code: string, subject: Words) => ScseRow = about({
  class: 'validation',
  before: ['Здесь не указывается', 'Бұл жерде көрсетілмейді', 'Must not be given here'],
  remedy: [
    'Уберите это поле или исправьте то, от чего оно зависит.',
    'Осы өрісті алып тастаңыз немесе ол тәуелді мәнді түзетіңіз.',
    'Leave it out, or correct what it depends on.',
  ],
});

/** Two things that must agree do not. */
export const mismatch: (code: string, subject: Words) => ScseRow = about({
  class: 'validation',
  before: ['Не совпадает', 'Сәйкес келмейді', 'Does not agree'],
  remedy: [
    'Сверьте оба значения с зарегистрированной записью и исправьте неверное.',
    'Екі мәнді де тіркелген жазбамен салыстырып, қатесін түзетіңіз.',
    'Compare both values with the registered record and correct the wrong one.',
  ],
});

/** A value has a form or a range of its own. */
export const wrongValue: (code: string, subject: Words) => ScseRow = about({
  class: 'validation',
  before: ['Недопустимое значение', 'Рұқсат етілмеген мән', 'Not an allowed value'],
  remedy: [
    'Исправьте значение и отправьте новое сообщение.',
    'Мәнді түзетіп, жаңа хабарлама жіберіңіз.',
    'Correct the value and send a new message.',
  ],
});

/** Two dates stand in the wrong order. */
export const wrongOrder: (code: string, subject: Words) => ScseRow = about({
  class: 'validation',
  before: ['Нарушен порядок дат', 'Күндердің реті бұзылған', 'The dates are in the wrong order'],
  remedy: [
    'Сверьте обе даты с документами: возможно, переставлены день и месяц.',
    'Екі күнді де құжаттармен салыстырыңыз: күн мен ай ауысып кеткен болуы мүмкін.',
    'Compare both dates with the documents: day and month may be swapped.',
  ],
});

/** A legal term has passed. */
export const late: (code: string, subject: Words) => ScseRow = about({
  class: 'deadline',
  before: ['Пропущен срок', 'Мерзім өтіп кеткен', 'A term has passed'],
  remedy: [
    'Проверьте дату; если она верна, уточните у владельца сервиса, как внести сведения после срока, и сохраните доказательства причин.',
    'Күнді тексеріңіз; дұрыс болса, мерзімнен кейін мәліметті қалай енгізуге болатынын сервис иесінен анықтап, себептердің дәлелін сақтаңыз.',
    'Check the date. If it is right, ask the owner of the service how to enter it late, and keep evidence of the reasons.',
  ],
});

/** A code with sentences of its own. */
export function ownWords(code: string, kind: ScseClass, meaning: Words, remedy: Words): ScseRow {
  return { code, class: kind, ...worded(meaning), remedy: worded(remedy) };
}
