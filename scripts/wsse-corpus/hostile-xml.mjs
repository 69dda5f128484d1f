/** Bytes that are refused before anybody looks for a signature: signed messages with one thing wrong. */
import { sendMessage } from './message.mjs';
import { refused } from './refused.mjs';
import { signed } from './sign.mjs';

const genuine = signed();
const bytes = Buffer.from(genuine);
const inNumber = (text) => genuine.replace('000000001', text);

function bomb() {
  const levels = Array.from(
    { length: 9 },
    (_none, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`,
  );
  return `<!DOCTYPE x [<!ENTITY e0 "bomb">${levels.join('')}]>${inNumber('&e9;')}`;
}

/** The message with the octets at one place exchanged. */
function octets(at, replacement) {
  const index = bytes.indexOf(at);
  return Buffer.concat([
    bytes.subarray(0, index),
    Buffer.from(replacement),
    bytes.subarray(index + at.length),
  ]);
}

const deep = (levels) =>
  sendMessage({ data: `<data>${'<a>'.repeat(levels)}${'</a>'.repeat(levels)}</data>` });
const manyAttributes = Array.from({ length: 300 }, (_none, index) => ` a${index}="1"`).join('');

export const hostileXmlCases = () =>
  [
    ['DOCTYPE', 'doctype', 'a document type declaration', `<!DOCTYPE soap:Envelope>${genuine}`],
    [
      'DOCTYPE',
      'doctype-external',
      'an external subset',
      `<!DOCTYPE x SYSTEM "file:///etc/hosts">${genuine}`,
    ],
    [
      'DOCTYPE',
      'entity-external',
      'an external entity',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]>${inNumber('&e;')}`,
    ],
    ['DOCTYPE', 'entity-bomb', 'entities that grow by powers of ten', bomb()],
    [
      'DOCTYPE',
      'attribute-type-declared',
      'a declaration that makes another attribute an id',
      `<!DOCTYPE x [<!ATTLIST data key ID #IMPLIED>]>${genuine}`,
    ],
    ['ENTITY', 'entity-undefined', 'an entity that nothing defines', inNumber('&nbsp;')],
    ['CHARACTER', 'reference-to-nul', 'a reference to U+0000', inNumber('&#0;')],
    [
      'PROCESSING_INSTRUCTION',
      'instruction-in-text',
      'a processing instruction splits a value',
      inNumber('0000<?x?>0001'),
    ],
    [
      'PROCESSING_INSTRUCTION',
      'instruction-in-digest',
      'a processing instruction splits the DigestValue',
      genuine.replace(/(<ds:DigestValue>.{8})/, '$1<?x?>'),
    ],
    [
      'PROCESSING_INSTRUCTION',
      'instruction-in-body',
      'a processing instruction in the Body',
      genuine.replace('<requestData>', '<?x?><requestData>'),
    ],
    [
      'PROCESSING_INSTRUCTION',
      'instruction-before-root',
      'a stylesheet for the message',
      `<?xml-stylesheet href="x"?>${genuine}`,
    ],
    ['SECOND_ROOT', 'second-root', 'another element behind the envelope', `${genuine}<x/>`],
    ['SECOND_ROOT', 'second-envelope', 'another envelope behind the envelope', genuine + genuine],
    ['SYNTAX', 'text-behind-root', 'text behind the envelope', `${genuine}garbage`],
    ['SYNTAX', 'text-before-root', 'text before the envelope', `garbage${genuine}`],
    [
      'DUPLICATE_ATTRIBUTE',
      'id-twice',
      'the Body has wsu:Id twice',
      genuine.replace('<soap:Body ', '<soap:Body wsu:Id="other" '),
    ],
    [
      'DUPLICATE_ATTRIBUTE',
      'id-twice-by-prefix',
      'the Body has wsu:Id twice, by two prefixes',
      genuine.replace(
        '<soap:Body ',
        '<soap:Body xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" u:Id="other" ',
      ),
    ],
    [
      'NAMESPACE',
      'prefix-unbound',
      'a prefix that nothing declares',
      genuine.replace('<requestData>', '<requestData x:a="1">'),
    ],
    [
      'NAMESPACE',
      'prefix-xml-rebound',
      'the prefix xml for another namespace',
      genuine.replace('<soap:Body ', '<soap:Body xmlns:xml="urn:test" '),
    ],
    [
      'TAG_MISMATCH',
      'tag-mismatch',
      'an end tag of another element',
      genuine.replace('</number>', '</numbre>'),
    ],
    [
      'TRUNCATED',
      'truncated-in-body',
      'the message ends inside the Body',
      genuine.slice(0, genuine.indexOf('</number>')),
    ],
    ['TRUNCATED', 'truncated-last-byte', 'the last byte is missing', genuine.slice(0, -1)],
    ['TRUNCATED', 'empty', 'no bytes at all', ''],
    ['ENCODING', 'utf-16', 'UTF-16 with a byte order mark', Buffer.from(`\uFEFF${genuine}`, 'utf16le')],
    [
      'ENCODING',
      'declared-encoding',
      'the declaration names another encoding',
      `<?xml version="1.0" encoding="windows-1251"?>${genuine}`,
    ],
    ['ENCODING', 'overlong-utf-8', 'a character in too many octets', octets('000000001', [0xc0, 0xbc])],
    ['ENCODING', 'surrogate-in-utf-8', 'half a surrogate pair', octets('000000001', [0xed, 0xa0, 0x80])],
    ['ENCODING', 'cut-utf-8', 'a character without its last octet', octets('000000001', [0xd0])],
    ['CHARACTER', 'control-character', 'U+0001 in a value', inNumber('\u0001')],
    [
      'LIMIT',
      'too-deep',
      'elements in elements, far beyond any payload',
      genuine.replace(sendMessage(), deep(1000)),
    ],
    [
      'LIMIT',
      'too-many-attributes',
      'an element with hundreds of attributes',
      signed({ body: { content: sendMessage({ data: `<data${manyAttributes}/>` }) } }),
    ],
  ].map(([reason, rule, title, message]) => refused(`ERR_XML_${reason}`, rule, title, message));
