import { type CodeExplanation, codeTable } from './code-table.ts';

const byCode: ReadonlyMap<string, CodeExplanation> = new Map(codeTable.map((entry) => [entry.code, entry]));

/**
 * A known status or fault code in words, in Russian, Kazakh and English; `undefined` for any other.
 *
 * Codes are compared exactly. The families `SCSS…`, `SCSE…` and `SCE…` are open: an unknown member of one is no
 * less real, so branch on the code itself and use this for people only.
 *
 * @example
 * ```ts
 * explainCode('SCE007')?.en; // 'The message is not signed.'
 * ```
 */
export function explainCode(code: string): CodeExplanation | undefined {
  return byCode.get(code);
}
