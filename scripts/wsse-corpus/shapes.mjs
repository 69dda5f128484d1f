/** Envelopes of a wrong shape; signatures that are missing, in the wrong number or in the wrong place. */
import { body, envelope, security, sendMessage, uris } from './message.mjs';
import { refused } from './refused.mjs';
import { signed } from './sign.mjs';

const structure = 'ERR_VERIFY_STRUCTURE';
const count = 'ERR_VERIFY_SIGNATURE_COUNT';
const place = 'ERR_VERIFY_SIGNATURE_PLACE';

const genuine = signed();
const signatureOf = (message) => /<ds:Signature .*<\/ds:Signature>/s.exec(message)[0];
const securityOf = (message) => /<wsse:Security .*<\/wsse:Security>/s.exec(message)[0];
const emptySignature = `<ds:Signature xmlns:ds="${uris.ds}"></ds:Signature>`;

const envelopes = () => [
  refused(
    'ERR_VERIFY_NOT_SOAP',
    'root-not-envelope',
    'the root is another element',
    genuine.replaceAll('soap:Envelope', 'soap:Message'),
  ),
  refused(
    'ERR_VERIFY_NOT_SOAP',
    'unknown-soap-namespace',
    'an Envelope of no known SOAP version',
    signed({ envelope: { namespace: 'urn:test' } }),
  ),
  refused(structure, 'soap-versions-mixed', 'a SOAP 1.1 Envelope with a SOAP 1.2 Body', mixed('Body')),
  refused(
    structure,
    'soap-versions-mixed-header',
    'a SOAP 1.1 Envelope with a SOAP 1.2 Header',
    mixed('Header'),
  ),
  refused(
    structure,
    'two-headers',
    'two Headers',
    genuine.replace('<soap:Header>', '<soap:Header></soap:Header><soap:Header>'),
  ),
  refused(structure, 'header-behind-body', 'the Header stands behind the Body', headerBehind()),
  refused(structure, 'no-body', 'no Body at all', genuine.replace(/<soap:Body.*<\/soap:Body>/s, '')),
  refused(
    structure,
    'element-before-header',
    'another element before the Header',
    genuine.replace('<soap:Header>', '<x xmlns="urn:test"/><soap:Header>'),
  ),
  refused(
    structure,
    'element-between',
    'another element between Header and Body',
    genuine.replace('</soap:Header>', '</soap:Header><x xmlns="urn:test"/>'),
  ),
  refused(
    structure,
    'text-in-envelope',
    'text between Header and Body',
    genuine.replace('</soap:Header>', '</soap:Header>garbage'),
  ),
  refused(
    'ERR_VERIFY_DIGEST',
    'text-in-body',
    'text beside the content of the Body',
    genuine.replace('<ns2:SendMessage', 'garbage<ns2:SendMessage'),
  ),
];

function mixed(name) {
  return genuine
    .replace(`<soap:${name}`, `<s12:${name} xmlns:s12="${uris.soap12}"`)
    .replace(`</soap:${name}>`, `</s12:${name}>`);
}

function headerBehind() {
  const header = /<soap:Header>.*<\/soap:Header>/s.exec(genuine)[0];
  return genuine.replace(header, '').replace('</soap:Envelope>', `${header}</soap:Envelope>`);
}

const withoutSignature = () => [
  refused(
    'ERR_VERIFY_UNSIGNED',
    'signature-stripped',
    'wsse:Security is empty',
    genuine.replace(signatureOf(genuine), ''),
  ),
  refused(
    'ERR_VERIFY_UNSIGNED',
    'security-stripped',
    'the Header is empty',
    genuine.replace(securityOf(genuine), ''),
  ),
  refused(
    'ERR_VERIFY_UNSIGNED',
    'header-stripped',
    'there is no Header',
    genuine.replace(/<soap:Header>.*<\/soap:Header>/s, ''),
  ),
  refused(
    'ERR_VERIFY_UNSIGNED',
    'fault-of-other-soap-version',
    'an unsigned Fault that is none of this SOAP version',
    unsignedFault(`<Fault xmlns="${uris.soap12}"/>`),
  ),
  refused(
    'ERR_VERIFY_UNSIGNED',
    'fault-beside-content',
    'an unsigned Body with a Fault and something else',
    unsignedFault(`<soap:Fault/>${sendMessage()}`),
  ),
  refused(
    'ERR_VERIFY_UNSIGNED',
    'fault-in-no-namespace',
    'an unsigned Fault in no namespace',
    unsignedFault('<Fault/>'),
  ),
  refused(
    structure,
    'signature-in-other-namespace',
    'the signature is in a namespace that is not XML Signature',
    genuine.replaceAll(uris.ds, 'http://www.w3.org/2000/09/xmldsig'),
  ),
  refused(
    place,
    'security-in-other-namespace',
    'wsse:Security is in a namespace that is not WS-Security',
    genuine.replaceAll(uris.wsse, 'http://schemas.xmlsoap.org/ws/2003/06/secext'),
  ),
];

function unsignedFault(fault) {
  return envelope({ body: body({ content: fault }) });
}

const counts = () => [
  refused(
    'ERR_VERIFY_SECURITY_COUNT',
    'two-security-headers',
    'two wsse:Security, one of them empty',
    genuine.replace('<wsse:Security', `${security({ content: '' })}<wsse:Security`),
  ),
  refused(
    'ERR_VERIFY_SECURITY_COUNT',
    'two-security-headers-signed',
    'the same signed wsse:Security twice',
    genuine.replace('</soap:Header>', `${securityOf(genuine)}</soap:Header>`),
  ),
  refused(
    'ERR_VERIFY_SECURITY_COUNT',
    'security-for-other-actor',
    'a second wsse:Security for another actor',
    genuine.replace(
      '<wsse:Security',
      `${security({ attributes: ' soap:actor="urn:test"', content: '' })}<wsse:Security`,
    ),
  ),
  refused(
    count,
    'two-signatures',
    'the same signature twice',
    genuine.replace('</wsse:Security>', `${signatureOf(genuine)}</wsse:Security>`),
  ),
  refused(
    count,
    'empty-signature-first',
    'an empty signature stands before the genuine one',
    genuine.replace('<ds:Signature ', `${emptySignature}<ds:Signature `),
  ),
  refused(
    count,
    'empty-signature-last',
    'an empty signature stands behind the genuine one',
    genuine.replace('</wsse:Security>', `${emptySignature}</wsse:Security>`),
  ),
  refused(count, 'two-signers', 'a second signature by a trusted signer', twoSigners()),
  refused(
    structure,
    'empty-signature',
    'the only signature is empty',
    genuine.replace(signatureOf(genuine), emptySignature),
  ),
];

function twoSigners() {
  const other = signatureOf(signed({ key: 'gateway' }));
  return genuine.replace('</wsse:Security>', `${other}</wsse:Security>`);
}

const places = () => [
  refused(
    place,
    'signature-in-header',
    'the only signature is a header block of its own',
    inBlock((one) => one),
  ),
  refused(
    place,
    'signature-in-other-block',
    'the only signature is in another header block',
    inBlock((one) => `<x:block xmlns:x="urn:test">${one}</x:block>`),
  ),
  refused(
    place,
    'signature-deep-in-security',
    'the only signature is not a child of wsse:Security',
    genuine.replace(
      signatureOf(genuine),
      (one) => `<wsu:Timestamp xmlns:wsu="${uris.wsu}">${one}</wsu:Timestamp>`,
    ),
  ),
  refused(
    place,
    'second-signature-in-header',
    'a second signature is a header block of its own',
    genuine.replace('</soap:Header>', `${standalone(signatureOf(genuine))}</soap:Header>`),
  ),
  refused(
    place,
    'signature-in-body',
    'a second signature in the Body beside the data',
    signed({ body: { content: sendMessage() + emptySignature } }),
  ),
  refused(
    place,
    'signature-in-request',
    'a second signature in the request beside the data',
    signed({ body: { content: sendMessage().replace('<requestData>', `${emptySignature}<requestData>`) } }),
  ),
  refused(
    'ERR_VERIFY_UNSIGNED',
    'signature-in-data-only',
    'the genuine signature was moved into the data',
    genuine
      .replace(signatureOf(genuine), '')
      .replace('<number>', `${standalone(signatureOf(genuine))}<number>`),
  ),
];

/** A signature that can stand where nothing declares `wsse`. */
function standalone(element) {
  return element.replace('<ds:Signature', `<ds:Signature xmlns:wsse="${uris.wsse}"`);
}

function inBlock(place) {
  return genuine.replace(securityOf(genuine), (block) => place(standalone(signatureOf(block))));
}

export const shapeCases = () => [...envelopes(), ...withoutSignature(), ...counts(), ...places()];
