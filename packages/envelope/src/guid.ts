import { newMessageId, type ValidationIssue } from '@egov-gateway/core';

const braced = /^\{[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}$/;

/**
 * The gateway's form of an identifier, `{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}`, from one with or without braces;
 * `undefined` when the text is neither.
 *
 * @see common/v10/Types, type `guid`: the braces are part of the value
 */
export function toGuid(text: string): string | undefined {
  const candidate = text.startsWith('{') ? text : `{${text}}`;
  return braced.test(candidate) ? candidate : undefined;
}

/**
 * The session an answer names: the one of its request, or a fresh `{guid}` when the request had none, or had something
 * else there that an answer must not carry.
 *
 * @see AsyncChannel v10, type AsyncChangeStatusNotifyResponse: required in the answer, optional in the request
 */
export function answerSession(received: string | undefined): string {
  return (received === undefined ? undefined : toGuid(received.trim())) ?? `{${newMessageId()}}`;
}

/** Appends an issue when a session to be written is no guid. */
export function checkGuid(
  issues: ValidationIssue[],
  path: string,
  value: string | undefined,
  options: { readonly isRequired?: boolean; readonly advice?: string } = {},
): void {
  const { isRequired = false, advice = '' } = options;
  const clause = 'common v10, type guid';
  if (value === undefined) {
    if (isRequired) issues.push({ path, rule: 'required', message: 'is required', clause });
  } else if (typeof value !== 'string' || toGuid(value) === undefined) {
    const message = `must be a guid like {00000000-0000-0000-0000-000000000000}${advice}`;
    issues.push({ path, rule: 'guid', message, clause });
  }
}
