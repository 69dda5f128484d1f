import { assertOptions, ValidateError } from '@egov-gateway/core';

import { assertSignatureKinds, type SignatureKind } from '../signature/signature-kind.ts';

/** What the portal wants of documents of one subtype, as far as the caller knows it. */
export interface DocumentRule {
  /** The portal's group of documents (группа документов), as its codec sends it. */
  readonly group: string;
  /** Kinds of signature that this document may have. Default: those of the map. */
  readonly signatures?: readonly SignatureKind[];
}

/** How a map is made. */
export interface GroupMapOptions {
  /** By subtype, as the own system calls it. */
  readonly subtypes: Readonly<Record<string, DocumentRule>>;
  /** Kinds for documents whose rule names none. Default: all three, because which are needed is not known here. */
  readonly signatures?: readonly SignatureKind[];
}

/** A rule with nothing left open. */
export interface ResolvedDocumentRule {
  readonly group: string;
  readonly signatures: readonly SignatureKind[];
}

/** Which group and which kinds of signature a document has. */
export interface GroupMap {
  /** Subtypes in the order of the map, as they were written there. */
  readonly subtypes: readonly string[];
  /** The rule of a subtype; `undefined` when the map has none. Case, blanks and composition of letters do not matter. */
  find(subtype: string): ResolvedDocumentRule | undefined;
  /**
   * The rule of a subtype.
   *
   * @throws {ValidateError} `ERR_VALIDATE_CONTRACT`, rule `document-group`, when the map has none
   */
  rule(subtype: string): ResolvedDocumentRule;
  /**
   * Whether a document of this subtype may be signed so.
   *
   * @throws {ValidateError} `ERR_VALIDATE_CONTRACT`, rule `document-group`, when the map has no such subtype
   */
  allows(subtype: string, kind: SignatureKind): boolean;
}

/**
 * The mapping of own subtypes to the portal's groups of documents. The groups of the portal are not published, so there
 * is no ready map: yours comes from the portal's own list. Which signature a document needs is yours to say as well.
 *
 * @throws {TypeError} when a subtype occurs twice, a group is empty, a kind of signature is not known, or an option is
 * @example
 * ```ts
 * const groups = createGroupMap({
 *   subtypes: { 'Трудовой договор': { group: 'GROUP_OF_THE_PORTAL', signatures: ['ukep'] } },
 * });
 * groups.rule('трудовой договор').group; // 'GROUP_OF_THE_PORTAL'
 * ```
 */
export function createGroupMap(options: GroupMapOptions): GroupMap {
  assertOptions('createGroupMap', options, ['subtypes', 'signatures']);
  const { signatures = ['pep', 'unep', 'ukep'] } = options;
  assertSignatureKinds('signatures', signatures);
  const rules = new Map<string, ResolvedDocumentRule>();
  const subtypes = Object.keys(options.subtypes);
  for (const subtype of subtypes) {
    const given = options.subtypes[subtype] as DocumentRule;
    assertOptions(`the rule of ${JSON.stringify(subtype)}`, given, ['group', 'signatures']);
    const { group, signatures: own = signatures } = given;
    const key = folded(subtype);
    if (key === '') throw new TypeError('a subtype is empty');
    if (rules.has(key)) throw new TypeError(`the subtype ${JSON.stringify(subtype)} occurs twice`);
    if (typeof group !== 'string' || group.trim() === '') {
      throw new TypeError(`the group of ${JSON.stringify(subtype)} must be a text`);
    }
    assertSignatureKinds('signatures', own);
    rules.set(key, Object.freeze({ group, signatures: Object.freeze([...own]) }));
  }
  const rule = (subtype: string): ResolvedDocumentRule => {
    const found = rules.get(folded(subtype));
    if (found !== undefined) return found;
    throw new ValidateError([
      {
        path: '/subtype',
        rule: 'document-group',
        message: 'the map has no group of the portal for this subtype of documents; add it',
      },
    ]);
  };
  return Object.freeze({
    subtypes: Object.freeze(subtypes),
    find: (subtype: string) => rules.get(folded(subtype)),
    rule,
    allows: (subtype: string, kind: SignatureKind) => rule(subtype).signatures.includes(kind),
  });
}

function folded(subtype: string): string {
  return subtype.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}
