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
