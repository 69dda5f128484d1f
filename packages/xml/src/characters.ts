/**
 * The character classes of XML 1.0 and of Namespaces in XML 1.0.
 *
 * @see Extensible Markup Language 1.0 (Fifth Edition), productions [2] Char, [4] NameStartChar, [4a] NameChar
 * @see Namespaces in XML 1.0 (Third Edition), productions [4] NCName, [7] QName
 * @module
 */

const nameStart =
  'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f' +
  '\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}';
const nameRest = `${nameStart}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040`;

const ncName = new RegExp(`^[${nameStart}][${nameRest}]*$`, 'u');
const qName = new RegExp(`^(?:[${nameStart}][${nameRest}]*:)?[${nameStart}][${nameRest}]*$`, 'u');
const name = new RegExp(`^[:${nameStart}][:${nameRest}]*$`, 'u');

/** Whether a text is a name without a colon. */
export function isNcName(text: string): boolean {
  return ncName.test(text);
}

/** Whether a text is `local` or `prefix:local`. */
export function isQName(text: string): boolean {
  return qName.test(text);
}

/** Whether a text is a name of XML without namespaces, with colons anywhere. */
export function isName(text: string): boolean {
  return name.test(text);
}

/** Whether a code point may occur in a document. */
export function isXmlCharacter(codePoint: number): boolean {
  return (
    (codePoint >= 0x20 && codePoint <= 0xd7ff) ||
    codePoint === 0x9 ||
    codePoint === 0xa ||
    codePoint === 0xd ||
    (codePoint >= 0xe000 && codePoint <= 0xfffd) ||
    (codePoint >= 0x10000 && codePoint <= 0x10ffff)
  );
}

/** Whether a UTF-16 unit is white space of XML. */
export function isWhite(unit: number): boolean {
  return unit === 0x20 || unit === 0xa || unit === 0x9 || unit === 0xd;
}

/**
 * Order of two strings by code points, which is the order of their UTF-8 octets. `<` on strings compares UTF-16
 * units and puts U+10000 before U+E000.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const xIsSurrogate = (x & 0xf800) === 0xd800;
      const yIsSurrogate = (y & 0xf800) === 0xd800;
      return xIsSurrogate === yIsSurrogate ? x - y : xIsSurrogate ? 1 : -1;
    }
  }
  return a.length - b.length;
}
