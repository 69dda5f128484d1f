import {
  printableName,
  printablePath,
  printableUri,
  VerifyError,
  type VerifyErrorCode,
} from '@egov-gateway/core';

/** A refusal of the verifier, to be thrown. */
export function refusal(code: VerifyErrorCode, message: string, cause?: unknown): VerifyError {
  return new VerifyError(message, { code, cause });
}

/** A name out of the message for use in an error. */
export function shown(name: string | undefined): string {
  return name === undefined ? 'nothing' : printableName(name);
}

/** An identifier out of the message, of an algorithm or a target, for use in an error. */
export function shownUri(uri: string | undefined): string {
  return uri === undefined ? 'nothing' : printableUri(uri);
}

/** Where an element stands, for use in an error. */
export function shownPath(element: { readonly path: string } | undefined): string {
  return element === undefined ? 'nothing' : printablePath(element.path);
}
