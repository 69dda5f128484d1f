import { deadlineDoubt, legalTerms } from '../deadlines/legal-terms.ts';
import { contractFieldNames } from '../operations/contract-field.ts';
import type { ContractOperation } from '../registry/contract-key.ts';
import type { ContractOutcome } from '../registry/contract-outcome.ts';
import type { ProcessEnding } from '../registry/contract-status.ts';
import { scseWords } from '../scse/explain-scse.ts';
import { type Words, worded } from '../scse/scse-row.ts';
import type { TableProblem } from '../table/table.ts';
import type { ContractRow } from './contract-rows.ts';
import { issueProblem } from './issue-words.ts';

/** What became of a row. `ready`: a dry run found nothing wrong. */
export interface RowResult {
  readonly row: number;
  readonly operation: ContractOperation;
  readonly key: string;
  readonly state: ContractOutcome['state'] | 'ready';
  /** An earlier call had this outcome; nothing was sent now. */
  readonly repeated: boolean;
  readonly registeredId?: string | undefined;
  readonly ending?: ProcessEnding | undefined;
  /** Of the server, or of the error. */
  readonly code?: string | undefined;
  readonly messageId?: string | undefined;
  readonly localKey?: string | undefined;
  /** Why it is not done, and what to do. */
  readonly problems: readonly TableProblem[];
  readonly warnings: readonly TableProblem[];
}

/** The warnings of legal terms. */
const termCodes: ReadonlySet<string> = new Set([
  deadlineDoubt,
  ...Object.values(legalTerms).map(({ code }) => code),
]);

type Said = Pick<TableProblem, 'message' | 'remedy'>;

const said = (message: Words, remedy: Words): Said => ({ message: worded(message), remedy: worded(remedy) });

/** What a state means where no code of ЕСУТД says it. */
const states: Readonly<
  Record<'refused-6.1' | 'refused-9.1' | 'not-sent' | 'in-doubt' | 'under-way' | 'answered', Said>
> = {
  'refused-6.1': said(
    ['шлюз отказал (6.1)', 'шлюз бас тартты (6.1)', 'the gateway refused it (6.1)'],
    [
      'посмотрите код в документации шлюза, исправьте и отправьте ещё раз',
      'кодты шлюз құжаттамасынан қарап, түзетіп, қайта жіберіңіз',
      'look the code up in the documentation of the gateway, correct the cause and send it once more',
    ],
  ),
  'refused-9.1': said(
    [
      'АИС «ООП» отказала (9.1) с кодом, которого нет в книге ошибок',
      'АИС «ООП» қателер кітабында жоқ кодпен бас тартты (9.1)',
      'АИС «ООП» refused it (9.1) with a code that is not in its error book',
    ],
    ['спросите владельца сервиса', 'сервис иесінен сұраңыз', 'ask the owner of the service'],
  ),
  'not-sent': said(
    [
      'не отправлено: шлюз недоступен',
      'жіберілмеді: шлюзге қолжетімділік жоқ',
      'not sent: the gateway could not be reached',
    ],
    [
      'запустите ту же команду ещё раз',
      'дәл осы команданы тағы бір рет іске қосыңыз',
      'run the same command once more',
    ],
  ),
  'in-doubt': said(
    [
      'неизвестно, принят ли запрос',
      'сұраудың қабылданғаны белгісіз',
      'nobody knows whether the request was taken',
    ],
    [
      'найдите запись в ЕСУТД и внесите решение в журнал; повторно она не отправляется',
      'жазбаны ЕСУТД жүйесінен тауып, шешімді журналға енгізіңіз; ол қайта жіберілмейді',
      'look the record up in ЕСУТД and resolve the message in the journal; it is not sent again',
    ],
  ),
  'under-way': said(
    ['в журнале, ответа ещё нет', 'журналда тұр, жауап әлі жоқ', 'in the journal, without an answer so far'],
    [
      'запустите ту же команду позже: она заберёт ответ, ничего не отправляя дважды',
      'дәл осы команданы кейін іске қосыңыз: ол ештеңені екі рет жібермей, жауапты алады',
      'run the same command later: it takes the answer, and sends nothing twice',
    ],
  ),
  answered: said(
    [
      'ответ пришёл, но номера записи в нём нет',
      'жауап келді, бірақ онда жазба нөмірі жоқ',
      'an answer came that names no id',
    ],
    ['прочитайте ответ в журнале', 'жауапты журналдан оқыңыз', 'read the answer in the journal'],
  ),
};

/** The result of a row that nothing was sent for. */
export function checkedRow({ row, operation, key, problems, warnings }: ContractRow): RowResult {
  const state = problems.length > 0 ? 'invalid' : 'ready';
  return { row, operation, key, state, repeated: false, problems, warnings };
}

/**
 * The result of a row, from its outcome: of the call that sent it, or of `ContractRegistry.outcome` when more has become
 * known. Takes the earlier result of the row for the row.
 */
export function sentRow(
  sent: Pick<ContractRow, 'row' | 'operation' | 'key' | 'warnings'>,
  outcome: ContractOutcome,
): RowResult {
  const { row, operation, key } = sent;
  const { state, repeated } = outcome;
  // Today's date says nothing of what an earlier call has sent.
  const warnings = repeated ? sent.warnings.filter(({ code }) => !termCodes.has(code)) : sent.warnings;
  const common = { row, operation, key, state, repeated, warnings };
  if (outcome.state === 'invalid') {
    const problems = outcome.issues.map((issue) =>
      issueProblem(issue, row, (field) => contractFieldNames[field].ru),
    );
    return { ...common, problems };
  }
  const { messageId, localKey } = outcome;
  const code = 'code' in outcome ? outcome.code : undefined;
  const ending = 'ending' in outcome ? outcome.ending : undefined;
  const registeredId = 'registeredId' in outcome ? outcome.registeredId : undefined;
  const words = wordsOf(outcome);
  const problems =
    words === undefined ? [] : [{ code: code ?? (state === 'accepted' ? 'answered' : state), row, ...words }];
  return { ...common, messageId, localKey, code, ending, registeredId, problems };
}

function wordsOf(outcome: ContractOutcome): Said | undefined {
  switch (outcome.state) {
    case 'accepted':
      // Without one nothing can be changed or terminated later.
      return outcome.operation === 'register' && outcome.registeredId === undefined && outcome.response
        ? states.answered
        : undefined;
    case 'refused':
      return scseWords(outcome.code) ?? states[`refused-${outcome.ending}`];
    case 'not-sent':
    case 'in-doubt':
    case 'under-way':
    case 'answered':
      return states[outcome.state];
    default:
      return undefined;
  }
}
