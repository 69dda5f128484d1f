/**
 * What a schema does not see and XML cannot carry: characters that XML 1.0 does not have, and keys that the definition
 * does not have, which would silently not be sent.
 *
 * @module
 */
import type { ValidationIssue } from '@egov-gateway/core';

import { extraIssues } from './extra-elements.ts';
import type { FieldPlan, ObjectPlan } from './plan.ts';
import { printableKey } from './value-issues.ts';
import { hasOnlyXmlCharacters } from './xml-characters.ts';

/** Whether nothing is wrong, found without building any path. */
export function isSendable(plan: ObjectPlan, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const source = value as Readonly<Record<string, unknown>>;
  for (const key in source) {
    if (plan.byKey.has(key) || source[key] === undefined) continue;
    if (key !== plan.extraKey || extraIssues(plan, source[key], '').length > 0) return false;
  }
  for (const field of plan.fields) {
    const content = source[field.key];
    if (field.occurs !== 'repeated') {
      if (!isItemSendable(field, content)) return false;
    } else if (Array.isArray(content)) {
      for (const item of content) if (!isItemSendable(field, item)) return false;
    }
  }
  return true;
}

function isItemSendable(field: FieldPlan, value: unknown): boolean {
  if (field.content.kind === 'object') return isSendable(field.content, value);
  return !field.content.codec.isText || typeof value !== 'string' || hasOnlyXmlCharacters(value);
}

/** All that is wrong. */
export function unsendableIssues(
  plan: ObjectPlan,
  value: unknown,
  path: string,
  clause: string | undefined,
): ValidationIssue[] {
  if (typeof value !== 'object' || value === null || isSendable(plan, value)) return [];
  const source = value as Readonly<Record<string, unknown>>;
  const withClause = clause === undefined ? {} : { clause };
  const issues: ValidationIssue[] = Object.keys(source)
    .filter((key) => !plan.byKey.has(key) && key !== plan.extraKey && source[key] !== undefined)
    .map((key) => ({
      path: `${path}/${printableKey(key)}`,
      rule: 'unknown-field',
      message: 'is not in the contract and would not be sent; remove it',
      ...withClause,
    }));
  if (plan.extraKey !== undefined) {
    const found = extraIssues(plan, source[plan.extraKey], `${path}/${printableKey(plan.extraKey)}`);
    issues.push(...found.map((issue) => ({ ...issue, ...withClause })));
  }
  for (const field of plan.fields) {
    const at = `${path}/${field.name.localName}`;
    const own = field.clause ?? clause;
    const content = source[field.key];
    if (field.occurs !== 'repeated') issues.push(...itemIssues(field, content, at, own));
    else if (Array.isArray(content)) {
      content.forEach((item, index) => {
        issues.push(...itemIssues(field, item, `${at}[${index + 1}]`, own));
      });
    }
  }
  return issues;
}

function itemIssues(
  field: FieldPlan,
  value: unknown,
  path: string,
  clause: string | undefined,
): ValidationIssue[] {
  if (field.content.kind === 'object') return unsendableIssues(field.content, value, path, clause);
  if (isItemSendable(field, value)) return [];
  const message =
    'has a character that XML 1.0 does not allow; remove control characters and lone surrogates';
  return [{ path, rule: 'xml-characters', message, ...(clause === undefined ? {} : { clause }) }];
}
