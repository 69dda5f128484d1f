import { deadlineWords } from '../deadlines/deadline-words.ts';
import { type ContractField, contractFieldNames, fieldOfPath } from '../operations/contract-field.ts';
import { scseWords } from '../scse/explain-scse.ts';
import { type Wording, worded } from '../scse/scse-row.ts';
import type { ContractIssue } from './contract-issue.ts';
import { issueWords } from './issue-words.ts';

/** A broken rule, or a doubt, in words for the person who can correct it, and what to do. */
export interface ContractIssueExplanation extends Wording {
  readonly path: string;
  /** What it is about, for the field of a form or the column of a table; absent when it is about no single field. */
  readonly field?: ContractField;
  /** The code with which ЕСУТД refuses the same. */
  readonly code?: string;
  readonly remedy: Wording;
}

/**
 * An issue in Russian, Kazakh and English: by the rule where that says more than the code of ЕСУТД, else by the code.
 *
 * @example
 * ```ts
 * for (const issue of contracts.check(request).issues) {
 *   const { field, ru, remedy } = explainContractIssue(issue);
 *   console.log(field, ru, remedy.ru);
 * }
 * ```
 */
export function explainContractIssue(issue: ContractIssue): ContractIssueExplanation {
  const { path, code } = issue;
  const field = fieldOfPath(path);
  const { message, remedy } = wordsOf(issue, field);
  return {
    path,
    ...(field === undefined ? {} : { field }),
    ...(code === undefined ? {} : { code }),
    ...message,
    remedy,
  };
}

function wordsOf(
  { rule, code, message, deadline }: ContractIssue,
  field: ContractField | undefined,
): { readonly message: Wording; readonly remedy: Wording } {
  if (deadline !== undefined) return deadlineWords(deadline);
  if (rule === 'required' && field !== undefined) return missing(contractFieldNames[field]);
  const own = Object.hasOwn(issueWords, rule) ? issueWords[rule] : undefined;
  if (own !== undefined) return own;
  const known = code === undefined ? undefined : scseWords(code);
  if (known !== undefined) return known;
  return {
    message: {
      ru: `Значение нарушает правило «${rule}».`,
      kk: `Мән «${rule}» ережесін бұзады.`,
      en: message,
    },
    remedy: worded(['Исправьте значение.', 'Мәнді түзетіңіз.', 'Correct the value.']),
  };
}

function missing({ ru, kk, en }: Wording): { readonly message: Wording; readonly remedy: Wording } {
  return {
    message: worded(['Не заполнено.', 'Толтырылмаған.', 'Not filled in.']),
    remedy: worded([`Заполните поле «${ru}».`, `«${kk}» өрісін толтырыңыз.`, `Fill in “${en}”.`]),
  };
}
