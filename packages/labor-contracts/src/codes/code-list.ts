/** An entry of a list of codes of ЕСУТД. Its names are labels of our own, not the official texts. */
export interface CodeEntry<Code extends string = string> {
  readonly code: Code;
  readonly ru: string;
  readonly kk: string;
  readonly en: string;
  /** Where the Labour Code (Трудовой кодекс, 2015) has it: `52.1.2` is article 52, paragraph 1, sub-paragraph 2. */
  readonly article?: string;
  /** The heading that the entry stands under. */
  readonly parent?: string;
  /** Whether it may be sent. A heading may not: SCSE081, 084, 085. Default: true. */
  readonly leaf?: boolean;
  /** Whether it is still in use. Default: true. */
  readonly actual?: boolean;
}

/** An entry, frozen, from its columns. */
export function entry<const Code extends string>(
  code: Code,
  [ru, kk, en]: readonly [ru: string, kk: string, en: string],
  more: Pick<CodeEntry, 'article' | 'parent' | 'leaf' | 'actual'> = {},
): CodeEntry<Code> {
  return Object.freeze({ code, ru, kk, en, ...more });
}
