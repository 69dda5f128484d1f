import type { ContractField } from '../operations/contract-field.ts';
import type { ContractIssue } from '../rules/contract-issue.ts';
import { explainContractIssue } from '../rules/explain-contract-issue.ts';
import type { Wording } from '../scse/scse-row.ts';
import type { TableProblem } from '../table/table.ts';

/**
 * An issue of a request in words for whoever keeps the table.
 *
 * @param columnOf - how the column of a field is called
 */
export function issueProblem(
  issue: ContractIssue,
  row: number,
  columnOf: (field: ContractField) => string | undefined,
): TableProblem {
  const { field, code = issue.rule, ru, kk, en, remedy } = explainContractIssue(issue);
  return { code, row, column: field && columnOf(field), message: { ru, kk, en }, remedy };
}

/** What stands before a doubt that stops nothing. */
export const warningWord: Wording = { ru: 'предупреждение', kk: 'ескерту', en: 'warning' };
