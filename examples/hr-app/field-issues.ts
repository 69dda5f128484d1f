import { type ContractField, type ContractIssue, explainContractIssue } from '@egov-gateway/labor-contracts';

import type { Language } from './texts/texts.ts';

/** A broken rule in the words of the person who can correct it. */
export interface FieldIssue {
  readonly text: string;
  readonly code?: string | undefined;
}

/** Issues by the field of the form they belong to; under `form` what belongs to none. */
export type FieldIssues = Readonly<Record<string, readonly FieldIssue[]>>;

/** Fields of the forms by what an issue is about. */
const formFields: Readonly<Partial<Record<ContractField, string>>> = {
  employeeIin: 'iin',
  contractNumber: 'number',
  contractDate: 'signedOn',
  beginDate: 'beginsOn',
  position: 'position',
  establishedPost: 'staffPosition',
  conscript: 'conscript',
  agreementNumber: 'number',
  agreementDate: 'signedOn',
  terminationDate: 'endsOn',
  terminationReason: 'reason',
};

/** Every issue at its field. */
export function issuesByField(
  issues: readonly ContractIssue[],
  { language }: { readonly language: Language },
): FieldIssues {
  const byField: Record<string, FieldIssue[]> = {};
  for (const issue of issues) {
    const { field, code, [language]: text } = explainContractIssue(issue);
    const place = (field && formFields[field]) ?? 'form';
    byField[place] ??= [];
    byField[place].push({ text, code });
  }
  return byField;
}
