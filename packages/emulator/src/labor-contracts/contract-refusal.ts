import { type ContractIssue, explainScse } from '@egov-gateway/labor-contracts';

/** Characters that the contract of the channel has room for. @internal */
export const maxStatusMessage = 250;

/** Why a request is refused. Thrown while it is judged. @internal */
export class ContractRefusal extends Error {
  readonly code: string;
  /** What stands in the status of the answer. Without values of the request. */
  readonly statusMessage: string;
  readonly issues: readonly ContractIssue[];
  readonly isScripted: boolean;

  constructor(
    code: string,
    options: {
      /** Default: the meaning of the code in Russian and Kazakh. */
      readonly message?: string | undefined;
      readonly issues?: readonly ContractIssue[];
      readonly isScripted?: boolean;
      readonly cause?: unknown;
    } = {},
  ) {
    const { message, issues = [], isScripted = false, cause } = options;
    super(`the request is refused with ${code}`, cause === undefined ? undefined : { cause });
    this.name = 'ContractRefusal';
    this.code = code;
    this.issues = issues;
    this.isScripted = isScripted;
    this.statusMessage = message ?? meaningOf(code);
  }
}

/** The refusal for what a check has found: with the first code, for there is room for one only. @internal */
export function refusalOf(issues: readonly ContractIssue[]): ContractRefusal {
  const coded = issues.find(({ code }) => code !== undefined);
  const first = coded ?? issues[0];
  // The book has no code for what is no date, or comes twice.
  const code = coded?.code ?? 'SCSE002';
  const meaning = meaningOf(code);
  const longer = `${meaning} (${first?.path}: ${first?.rule})`;
  const message = longer.length > maxStatusMessage ? meaning : longer;
  return new ContractRefusal(code, { message, issues });
}

function meaningOf(code: string): string {
  const meaning = explainScse(code);
  return meaning === undefined ? code : `${meaning.ru} / ${meaning.kk}`;
}
