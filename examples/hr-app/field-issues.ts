import { type ContractIssue, explainScse } from '@egov-gateway/labor-contracts';

import type { Language, Texts } from './texts/texts.ts';

/** A broken rule in the words of the person who can correct it. */
export interface FieldIssue {
  readonly text: string;
  readonly code?: string | undefined;
}

/** Issues by the field of the form they belong to; under `form` what belongs to none. */
export type FieldIssues = Readonly<Record<string, readonly FieldIssue[]>>;

/** Fields of the forms by the element that an issue is about. */
const fieldOfElement: Readonly<Record<string, string>> = {
  iin: 'iin',
  contractNumber: 'number',
  contractDate: 'signedOn',
  beginDate: 'beginsOn',
  position: 'position',
  establishedPost: 'staffPosition',
  conscript: 'conscript',
  subsidiaryContractNumber: 'number',
  subsidiaryContractDate: 'signedOn',
  terminationDate: 'endsOn',
  terminationReason: 'reason',
};

/** Every issue at its field. */
export function issuesByField(
  issues: readonly ContractIssue[],
  words: { readonly texts: Texts; readonly language: Language },
): FieldIssues {
  const byField: Record<string, FieldIssue[]> = {};
  for (const issue of issues) {
    const element = issue.path.slice(issue.path.lastIndexOf('/') + 1);
    const field = Object.hasOwn(fieldOfElement, element) ? (fieldOfElement[element] ?? 'form') : 'form';
    byField[field] ??= [];
    byField[field].push(wordsOf(issue, words));
  }
  return byField;
}

/** Our own words for what people often get wrong, else those of the error book. */
function wordsOf(
  { rule, code, message }: ContractIssue,
  { texts, language }: { readonly texts: Texts; readonly language: Language },
): FieldIssue {
  const own = Object.hasOwn(texts.rules, rule) ? texts.rules[rule as keyof Texts['rules']] : undefined;
  const explained = code === undefined ? undefined : explainScse(code);
  return { text: own ?? explained?.[language] ?? message, code };
}
