import type { ValidationIssue } from '@egov-gateway/core';

/** What the contract asks of one text. */
export interface TextRule {
  /** Whether it must be there and not be empty. An optional text is left out rather than sent empty. */
  readonly isRequired: boolean;
  /** Unicode characters, inclusive. */
  readonly maxLength?: number;
  /** The document that says so. */
  readonly clause: string;
}

// Everything that is no XML character, and with it every lone surrogate.
const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/**
 * Appends what `value` breaks of a rule for `xs:string` to `issues`. Never says the value itself.
 *
 * @see XML 1.0, 2.2 "Characters"
 */
export function checkText(issues: ValidationIssue[], path: string, value: unknown, rule: TextRule): void {
  const { clause } = rule;
  if (value === undefined) {
    if (rule.isRequired) issues.push({ path, rule: 'required', message: 'is required', clause });
    return;
  }
  if (typeof value !== 'string') {
    issues.push({ path, rule: 'type', message: `must be text, not ${typeName(value)}`, clause });
    return;
  }
  if (value === '') {
    const message = rule.isRequired ? 'is required and must not be empty' : 'must not be empty; leave it out';
    issues.push({ path, rule: rule.isRequired ? 'required' : 'empty', message, clause });
    return;
  }
  checkCharacters(issues, path, value, clause);
  const { maxLength } = rule;
  // A string never has more characters than UTF-16 units, so the exact count is rarely needed.
  if (maxLength !== undefined && value.length > maxLength) {
    const length = [...value].length;
    if (length > maxLength) {
      const message = `must have at most ${maxLength} characters and has ${length}`;
      issues.push({ path, rule: 'max-length', message, clause });
    }
  }
}

/** Appends an issue when `value` has a character that XML cannot carry. */
export function checkCharacters(
  issues: ValidationIssue[],
  path: string,
  value: string,
  clause: string,
): void {
  if (illegal.test(value)) {
    const message =
      'has a character that XML 1.0 does not allow; remove control characters and lone surrogates';
    issues.push({ path, rule: 'xml-characters', message, clause });
  }
}

function typeName(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}
