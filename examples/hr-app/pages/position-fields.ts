import type { FieldIssues } from '../field-issues.ts';
import type { Markup } from '../html.ts';
import type { AgreementFields } from '../store.ts';
import { field } from './form.ts';
import type { View } from './view.ts';

/** What somebody works as: in a contract, and in an agreement that changes it. */
export function positionFields(
  { texts }: View,
  { values, issues }: { readonly values: AgreementFields; readonly issues: FieldIssues },
): readonly Markup[] {
  const { fields, hints } = texts;
  return (['position', 'staffPosition'] as const).map((name) =>
    field(issues, { name, label: fields[name], value: values[name], hint: hints[name] }),
  );
}
