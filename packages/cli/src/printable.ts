/** Text from outside for one line of the terminal, which it must not steer: what cannot be seen is replaced by `?`. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
