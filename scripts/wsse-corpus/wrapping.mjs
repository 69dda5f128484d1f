/** Signature wrapping: the signature is genuine and covers the original Body, but another Body is to be processed. */
import { body, bodyId, reference, sendMessage, signedInfo, uris } from './message.mjs';
import { refused } from './refused.mjs';
import { signed } from './sign.mjs';

const evilNumber = { number: '666666666' };
const evil = (options = {}) => body({ content: sendMessage(evilNumber), ...options });
const plainEvil = evil({ namespaces: '', id: '' });

/** A genuine message, cut into what stands before the Body, the Body, and what stands behind it. */
function cut(options = {}) {
  const message = signed(options);
  const start = message.indexOf('<soap:Body');
  const end = message.indexOf('</soap:Body>') + '</soap:Body>'.length;
  return { head: message.slice(0, start), original: message.slice(start, end), tail: message.slice(end) };
}

const inHeader = (block) => (head) => head.replace('</soap:Header>', `${block}</soap:Header>`);
const firstInHeader = (block) => (head) => head.replace('<soap:Header>', `<soap:Header>${block}`);
const inSecurity = (block) => (head) => head.replace('</wsse:Security>', `${block}</wsse:Security>`);
const inSignature = (block) => (head) => head.replace('</ds:Signature>', `${block}</ds:Signature>`);

function moved(place, evilBody) {
  const { head, original, tail } = cut();
  return place(original)(head) + evilBody + tail;
}

function nested(evilBody) {
  const { head, original, tail } = cut();
  return (
    head +
    evilBody.replace('</soap:Body>', `<x:keep xmlns:x="urn:test">${original}</x:keep></soap:Body>`) +
    tail
  );
}

const wrapper = (place) => (original) => place(`<x:wrapper xmlns:x="urn:test">${original}</x:wrapper>`);
const target = 'ERR_VERIFY_REFERENCE_TARGET';
const duplicate = 'ERR_VERIFY_DUPLICATE_ID';

const moves = () => [
  refused(
    'ERR_VERIFY_DIGEST',
    'body-altered',
    'one value of the Body is another one',
    signed().replace('000000001', '666666666'),
  ),
  refused(
    target,
    'body-moved-to-header',
    'the signed Body lies in the Header, the new one has no id',
    moved(wrapper(inHeader), plainEvil),
  ),
  refused(
    target,
    'body-moved-to-header-new-id',
    'the signed Body lies in the Header, the new one has another id',
    moved(wrapper(inHeader), evil({ id: ' wsu:Id="id-other"' })),
  ),
  refused(
    target,
    'body-moved-before-security',
    'the signed Body is the first header block',
    moved(firstInHeader, plainEvil),
  ),
  refused(
    'ERR_VERIFY_STRUCTURE',
    'body-moved-into-security',
    'the signed Body lies in wsse:Security',
    moved(inSecurity, plainEvil),
  ),
  refused(
    'ERR_VERIFY_STRUCTURE',
    'body-moved-into-object',
    'the signed Body lies in ds:Object',
    moved((original) => inSignature(`<ds:Object>${original}</ds:Object>`), plainEvil),
  ),
  refused(
    'ERR_VERIFY_STRUCTURE',
    'body-moved-into-signature',
    'the signed Body is a child of ds:Signature',
    moved(inSignature, plainEvil),
  ),
  refused(
    target,
    'body-moved-into-key-info',
    'the signed Body lies in ds:KeyInfo',
    moved((original) => (head) => head.replace('</ds:KeyInfo>', `${original}</ds:KeyInfo>`), plainEvil),
  ),
  refused(
    target,
    'body-moved-into-timestamp',
    'the signed Body lies in an element that is ignored',
    moved(
      (original) => inSecurity(`<wsu:Timestamp xmlns:wsu="${uris.wsu}">${original}</wsu:Timestamp>`),
      plainEvil,
    ),
  ),
  refused(target, 'body-nested', 'the signed Body lies in the new one, which has no id', nested(plainEvil)),
  refused(
    target,
    'body-nested-new-id',
    'the signed Body lies in the new one, which has another id',
    nested(evil({ id: ' wsu:Id="id-other"' })),
  ),
  refused(
    'ERR_VERIFY_STRUCTURE',
    'body-behind-body',
    'a wrapper behind the Body holds the signed one',
    behind((original) => `<x:keep xmlns:x="urn:test">${original}</x:keep>`),
  ),
  refused(
    'ERR_VERIFY_STRUCTURE',
    'two-bodies-signed-last',
    'two Bodies, the signed one last',
    behind((original) => original),
  ),
  refused('ERR_VERIFY_STRUCTURE', 'two-bodies-signed-first', 'two Bodies, the signed one first', before()),
  refused(
    target,
    'envelope-nested',
    'the genuine message lies whole in the Body of another one',
    envelopeNested(),
  ),
];

function behind(place) {
  const { head, original, tail } = cut();
  return head + plainEvil + place(original) + tail;
}

function before() {
  const { head, original, tail } = cut();
  return head + original + plainEvil + tail;
}

function envelopeNested() {
  const { head, original, tail } = cut();
  const header = head.slice(head.indexOf('<soap:Header>'));
  const inner = `<soap:Envelope>${header}${original}${tail}`;
  return (
    head +
    plainEvil.replace(
      '</soap:Body>',
      `${inner.replace(/<wsse:Security.*<\/wsse:Security>/s, '')}</soap:Body>`,
    ) +
    tail
  );
}

/** The new Body takes the id, in each attribute that somebody takes for an id. */
const duplicates = () => [
  refused(
    duplicate,
    'duplicate-id-original-first',
    'both Bodies have the id, the signed one comes first',
    moved(wrapper(inHeader), evil()),
  ),
  refused(
    duplicate,
    'duplicate-id-original-last',
    'both Bodies have the id, the signed one comes last',
    nested(evil()),
  ),
  ...[
    ['wsse', ` xmlns:wsse="${uris.wsse}"`, ` wsse:Id="${bodyId}"`],
    ['plain', '', ` Id="${bodyId}"`],
    ['upper-case', '', ` ID="${bodyId}"`],
    ['lower-case', '', ` id="${bodyId}"`],
    ['xml', '', ` xml:id="${bodyId}"`],
    ['foreign', ' xmlns:x="urn:test"', ` x:Id="${bodyId}"`],
  ].flatMap(([name, namespaces, id]) => [
    refused(
      name === 'lower-case' || name === 'foreign' ? target : duplicate,
      `duplicate-id-${name}`,
      `the new Body has the id in another attribute: ${id.trim().split('=')[0]}`,
      moved(wrapper(inHeader), evil({ namespaces, id })),
    ),
    refused(
      duplicate,
      `duplicate-id-${name}-elsewhere`,
      `the Body is signed, another element has its id: ${id.trim().split('=')[0]}`,
      signed({
        headerAfter: `<x:block xmlns:x="urn:test"${namespaces.replace(' xmlns:x="urn:test"', '')}${id}/>`,
      }),
    ),
  ]),
  refused(
    duplicate,
    'duplicate-id-of-others',
    'two elements of the payload share an id that nobody references',
    signed({ body: { content: sendMessage({ data: '<data><a Id="x"/><b ID="x"/></data>' }) } }),
  ),
  refused(
    target,
    'id-in-plain-attribute',
    'the Body has its id in Id, which the verifier was not told to accept',
    signed({ body: { namespaces: '', id: ` Id="${bodyId}"` } }),
  ),
  refused(
    target,
    'id-in-upper-case-attribute',
    'the Body has its id in ID',
    signed({ body: { namespaces: '', id: ` ID="${bodyId}"` } }),
  ),
  refused(
    target,
    'id-in-lower-case-attribute',
    'the Body has its id in wsu:id',
    signed({ body: { id: ` wsu:id="${bodyId}"` } }),
  ),
];

const signedElsewhere = (headerAfter, path, options = {}) =>
  signed({ headerAfter, target: path, body: { namespaces: '', id: '' }, ...options });

/** The signature covers something that is not the Body. */
const otherTargets = () => [
  refused(
    target,
    'header-signed-only',
    'the reference means a header block',
    signedElsewhere(
      `<x:block xmlns:x="urn:test" xmlns:wsu="${uris.wsu}" wsu:Id="${bodyId}"/>`,
      "//*[local-name()='block']",
    ),
  ),
  refused(
    target,
    'timestamp-signed-only',
    'the reference means the timestamp',
    signedElsewhere('', "//*[local-name()='Timestamp']", {
      before: `<wsu:Timestamp xmlns:wsu="${uris.wsu}" wsu:Id="${bodyId}"/>`,
    }),
  ),
  refused(
    target,
    'data-signed-only',
    'the reference means an element of the Body',
    signed({
      target: "//*[local-name()='data']",
      body: {
        namespaces: '',
        id: '',
        content: sendMessage({
          data: `<data xmlns:wsu="${uris.wsu}" wsu:Id="${bodyId}"><number>1</number></data>`,
        }),
      },
    }),
  ),
  refused(
    target,
    'envelope-signed-only',
    'the reference means the Envelope',
    signed({
      envelope: { attributes: ` xmlns:wsu="${uris.wsu}" wsu:Id="${bodyId}"` },
      body: { namespaces: '', id: '' },
      signature: { info: signedInfo({ references: reference({ digestValue: 'AAAA' }) }) },
    }),
  ),
  refused(
    target,
    'reference-to-nothing',
    'no element has the id',
    signed({ body: { namespaces: '', id: '' } }),
  ),
  refused(
    'ERR_VERIFY_REFERENCE_COUNT',
    'two-references',
    'a header block and the Body are referenced',
    signed({
      headerAfter: `<x:block xmlns:x="urn:test" xmlns:wsu="${uris.wsu}" wsu:Id="id-block"/>`,
      signature: { info: signedInfo({ references: reference({ uri: '#id-block' }) + reference() }) },
    }),
  ),
  refused(
    'ERR_VERIFY_REFERENCE_COUNT',
    'reference-removed',
    'the signature has no reference',
    signed({ signature: { info: signedInfo({ references: '' }) } }),
  ),
  refused(
    'ERR_VERIFY_REFERENCE_COUNT',
    'reference-in-other-namespace',
    'the reference is in a namespace that is not XML Signature',
    signed({
      signature: {
        info: signedInfo({
          references: reference()
            .replaceAll('ds:', 'x:')
            .replace('<x:Reference', '<x:Reference xmlns:x="urn:test"'),
        }),
      },
    }),
  ),
  refused(
    'ERR_VERIFY_REFERENCE_URI',
    'reference-to-manifest',
    'the reference has a Type',
    signed({
      signature: {
        info: signedInfo({ references: reference({ attributes: ` Type="${uris.ds}Manifest"` }) }),
      },
    }),
  ),
];

export const wrappingCases = () => [...moves(), ...duplicates(), ...otherTargets()];
