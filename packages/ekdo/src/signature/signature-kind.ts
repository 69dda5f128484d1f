/**
 * The kinds of electronic signature that the portal tells apart. Latin, because they stand in options and commands.
 *
 * - `pep`: ПЭП, простая электронная подпись, a simple signature;
 * - `unep`: УНЭП, усиленная неквалифицированная подпись, an enhanced unqualified one;
 * - `ukep`: УКЭП, усиленная квалифицированная подпись, an enhanced qualified one.
 *
 * How the portal writes them on the wire is not known: that is the work of a codec.
 */
export type SignatureKind = 'pep' | 'unep' | 'ukep';

/** The name of a kind of signature. */
export interface SignatureKindName {
  /** The abbreviation of the portal's description. */
  readonly term: 'ПЭП' | 'УНЭП' | 'УКЭП';
  readonly ru: string;
  readonly en: string;
}

/** Every kind with its names, weakest first. */
export const signatureKinds: Readonly<Record<SignatureKind, SignatureKindName>> = Object.freeze({
  pep: { term: 'ПЭП', ru: 'простая электронная подпись', en: 'simple electronic signature' },
  unep: {
    term: 'УНЭП',
    ru: 'усиленная неквалифицированная подпись',
    en: 'enhanced unqualified electronic signature',
  },
  ukep: {
    term: 'УКЭП',
    ru: 'усиленная квалифицированная подпись',
    en: 'enhanced qualified electronic signature',
  },
});

/**
 * The kind that a word means: `ukep` or `УКЭП`, in any case; `undefined` for any other.
 *
 * @example
 * ```ts
 * signatureKindOf('УКЭП'); // 'ukep'
 * ```
 */
export function signatureKindOf(word: string): SignatureKind | undefined {
  const folded = word.trim().toLowerCase();
  for (const kind of ['pep', 'unep', 'ukep'] as const) {
    if (folded === kind || folded === signatureKinds[kind].term.toLowerCase()) return kind;
  }
  return undefined;
}

/** @throws {TypeError} when it is no list, empty, or has a kind that is none @internal */
export function assertSignatureKinds(name: string, kinds: readonly SignatureKind[]): void {
  if (
    !Array.isArray(kinds) ||
    kinds.length === 0 ||
    !kinds.every((kind) => Object.hasOwn(signatureKinds, kind))
  ) {
    throw new TypeError(`${name} must name at least one of pep, unep, ukep`);
  }
}
