/**
 * Character data and attribute values as canonical XML writes them.
 *
 * @see Canonical XML 1.0, section 2.3 "Processing Model"
 * @module
 */

const textSpecial = /[&<>\r]/g;
const attributeSpecial = /[&<"\t\n\r]/g;

const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** Character data, escaped. */
export function escapeText(text: string): string {
  return text.replace(textSpecial, replacement);
}

/** The value of an attribute, escaped for double quotes. */
export function escapeAttribute(value: string): string {
  return value.replace(attributeSpecial, replacement);
}

function replacement(special: string): string {
  return replacements[special] ?? special;
}
