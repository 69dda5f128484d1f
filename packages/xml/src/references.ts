import { isXmlCharacter } from './characters.ts';
import { xmlError } from './position.ts';

const reference = /&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));/y;
const undefinedEntity = /&[^\s&;<>'"#]+;/y;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const markup =
  /&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));|<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->/g;

/**
 * The offset behind the reference at `at`.
 *
 * @see Extensible Markup Language 1.0 (Fifth Edition), 4.1 "Character and Entity References"
 * @throws {XmlError} `ERR_XML_ENTITY` when it names an entity other than the five predefined ones
 * @throws {XmlError} `ERR_XML_CHARACTER` when it refers to a character that is not allowed
 * @throws {XmlError} `ERR_XML_SYNTAX` when it is no reference at all
 */
export function referenceEnd(source: string, at: number): number {
  reference.lastIndex = at;
  const match = reference.exec(source);
  if (match === null) {
    undefinedEntity.lastIndex = at;
    throw undefinedEntity.test(source)
      ? xmlError('ERR_XML_ENTITY', 'reference to an entity that is not defined', source, at)
      : xmlError('ERR_XML_SYNTAX', '& must begin a reference, expected &amp;', source, at);
  }
  if (match[3] === undefined && !isXmlCharacter(codePointOf(match[1], match[2]))) {
    throw xmlError('ERR_XML_CHARACTER', 'reference to a character that is not allowed in XML', source, at);
  }
  return reference.lastIndex;
}

/** What character data of a sound document means: references resolved, CDATA opened, comments dropped. */
export function resolveText(raw: string): string {
  if (!raw.includes('&') && !raw.includes('<')) return raw;
  return raw.replace(markup, (_whole, hex, decimal, name, cdata) => {
    if (name !== undefined) return named[name] ?? '';
    if (cdata !== undefined) return cdata;
    return hex === undefined && decimal === undefined ? '' : String.fromCodePoint(codePointOf(hex, decimal));
  });
}

/**
 * What the value of an attribute of a sound document means: references resolved, other white space made spaces.
 *
 * @see Extensible Markup Language 1.0 (Fifth Edition), 3.3.3 "Attribute-Value Normalization"
 */
export function resolveAttributeValue(raw: string): string {
  return resolveText(raw.replace(/[\t\n]/g, ' '));
}

function codePointOf(hex: string | undefined, decimal: string | undefined): number {
  return hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16);
}
