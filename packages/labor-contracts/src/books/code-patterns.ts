/** Forms that codes of the big books have. A code of another form is a reason to look twice, not to refuse. */
export const codePatterns: {
  /** Position (должность) of the national classifier НКЗ. All but 3 of 22 017 rows fit; the first letter may be Х or X. */
  readonly position: RegExp;
  /** Country, three digits of ISO 3166-1. */
  readonly country: RegExp;
  /** Place (КАТО), nine digits. */
  readonly kato: RegExp;
} = Object.freeze({
  position: /^(?:[0-9]{4}|[ХX][0-9]{4})-[0-9](?:-[0-9]{3})?$/,
  country: /^[0-9]{3}$/,
  kato: /^[0-9]{9}$/,
});
