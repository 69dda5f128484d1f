/**
 * From what zod says about a value to issues with paths of elements and clauses, without the value.
 *
 * @module
 */
import type { ValidationIssue } from '@egov-gateway/core';
import type * as z from 'zod';

import type { FieldPlan, LeafPlan, ObjectPlan } from './plan.ts';

/** Returned by the error map, to tell messages that the definition set from those of zod, which are not used. */
export const zodsOwnWords = '\u0000';

interface Place {
  readonly path: string;
  readonly clause: string | undefined;
  readonly field: FieldPlan | undefined;
}

/** Where a path of keys leads to: names of elements, positions from 1. */
export function locate(plan: ObjectPlan, keys: readonly PropertyKey[], start: Omit<Place, 'field'>): Place {
  let { path, clause } = start;
  let field: FieldPlan | undefined;
  let content: ObjectPlan | LeafPlan | undefined = plan;
  for (const key of keys) {
    if (typeof key === 'number') {
      path += `[${key + 1}]`;
      continue;
    }
    field = content?.kind === 'object' ? content.byKey.get(String(key)) : undefined;
    path += `/${field === undefined ? printableKey(String(key)) : field.name.localName}`;
    clause = field?.clause ?? clause;
    content = field?.content;
  }
  return { path, clause, field };
}

/** A key that is no field comes from the caller's data, and could be data itself. */
export function printableKey(key: string): string {
  return /^[A-Za-z_][\w.-]{0,39}$/.test(key) && !/\d{6}/.test(key) ? key : '(unknown)';
}

/** One issue of zod in the words of this SDK. */
export function toIssue(
  issue: z.core.$ZodIssue,
  value: unknown,
  plan: ObjectPlan,
  start: Omit<Place, 'field'>,
): ValidationIssue {
  const place = locate(plan, issue.path, start);
  const params = issue.code === 'custom' ? (issue.params ?? {}) : {};
  const described = describe(issue, valueAt(value, issue.path), place.field);
  const ownWords = issue.message === zodsOwnWords || described.rule === 'required';
  const clause = typeof params['clause'] === 'string' ? params['clause'] : place.clause;
  return {
    path: place.path,
    rule: described.rule,
    message: ownWords ? described.message : issue.message,
    ...(clause === undefined ? {} : { clause }),
  };
}

interface Description {
  readonly rule: string;
  readonly message: string;
}

function describe(issue: z.core.$ZodIssue, value: unknown, field: FieldPlan | undefined): Description {
  const ownRule = issue.code === 'custom' ? issue.params?.['rule'] : undefined;
  const rule = typeof ownRule === 'string' ? ownRule : undefined;
  const isTypeRule = rule === 'type' || (issue.code !== 'custom' && rule === undefined);
  if (value === undefined && isTypeRule) return { rule: 'required', message: 'is required' };
  const kind = field?.content.kind === 'leaf' ? field.content.codec.kind : 'an object';
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_union':
      return {
        rule: 'type',
        message: `must be ${field?.occurs === 'repeated' ? `an array of ${kind}` : kind}`,
      };
    case 'invalid_value':
      return { rule: 'one-of', message: `must be ${kind}` };
    case 'too_big':
      return bound('max', 'at most', issue.origin, issue.maximum, issue.inclusive);
    case 'too_small':
      return bound('min', 'at least', issue.origin, issue.minimum, issue.inclusive);
    case 'invalid_format':
      return issue.format === 'regex'
        ? { rule: 'pattern', message: 'does not have the required form' }
        : { rule: issue.format, message: `does not have the form of ${issue.format}` };
    case 'not_multiple_of':
      return { rule: 'multiple-of', message: `must be a multiple of ${issue.divisor}` };
    case 'custom':
      if (rule === 'type') return { rule, message: `must be ${kind}` };
      return { rule: rule ?? 'custom', message: 'breaks a rule of the contract' };
    default:
      return { rule: issue.code.replaceAll('_', '-'), message: 'does not fit the contract' };
  }
}

function bound(
  side: 'max' | 'min',
  words: string,
  origin: string,
  limit: number | bigint,
  inclusive: boolean | undefined,
): Description {
  if (origin === 'string' && side === 'min' && limit === 1)
    return { rule: 'min-length', message: 'must not be empty' };
  if (origin === 'string')
    return { rule: `${side}-length`, message: `must have ${words} ${limit} characters` };
  if (origin === 'array') return { rule: `${side}-items`, message: `must have ${words} ${limit} items` };
  const exclusive = side === 'max' ? 'less than' : 'more than';
  return { rule: `${side}imum`, message: `must be ${inclusive === false ? exclusive : words} ${limit}` };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<PropertyKey, unknown>)[key];
  }
  return current;
}
