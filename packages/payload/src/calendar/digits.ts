/** The number that `count` ASCII digits from `at` on are, or -1 when there is anything else. Allocates nothing. */
export function readDigits(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    // Beyond the end it is NaN, which fits no comparison.
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
