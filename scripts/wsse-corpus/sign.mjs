/**
 * Signs messages of the corpus with libxml2's exclusive C14N and node:crypto, so that what our own code is tested
 * against was not made by it.
 */
import { createHash, sign as signBytes } from 'node:crypto';

import { ParseOption, XmlC14NMode, XmlDocument } from 'libxml2-wasm';

import { bodyId, body as bodyPart, envelope, security, signature } from './message.mjs';
import { keyInfo as keyInfoForms, privateKey } from './parties.mjs';

/** The exclusive canonical form, without comments, of the first element that `xpath` finds. */
export function canonical(text, xpath, prefixes) {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const document = XmlDocument.fromString(source, { option: ParseOption.XML_PARSE_HUGE });
  try {
    const element = document.get(xpath);
    if (element === null) throw new Error(`nothing at ${xpath}`);
    return document.canonicalizeToString({
      nodeSet: new Set([element]),
      mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
      withComments: false,
      ...(prefixes === undefined ? {} : { inclusiveNamespacePrefixes: prefixes }),
    });
  } finally {
    document.dispose();
  }
}

export const bodyPath = "/*/*[local-name()='Body']";
const signedInfoPath = "(//*[local-name()='Security']//*[local-name()='SignedInfo'])[1]";

/**
 * Fills the two placeholders of a message.
 *
 * `target`: XPath of what is digested; `infoPath`: of what is signed; `prefixes`, `infoPrefixes`: PrefixLists.
 */
export function fill(text, options = {}) {
  const { key = 'organisation', hash = 'sha256', target = bodyPath, infoPath = signedInfoPath } = options;
  const { prefixes, infoPrefixes, wrap = (base64) => base64 } = options;
  let signed = text;
  if (signed.includes('{{DIGEST}}')) {
    const digest = createHash(hash)
      .update(canonical(signed, target, prefixes))
      .digest('base64');
    signed = signed.replaceAll('{{DIGEST}}', digest);
  }
  if (signed.includes('{{SIGNATURE}}')) {
    const value = signBytes(hash, Buffer.from(canonical(signed, infoPath, infoPrefixes)), privateKey(key));
    signed = signed.replaceAll('{{SIGNATURE}}', wrap(value.toString('base64')));
  }
  return signed;
}

/**
 * A whole signed request. `signature`, `security`, `body`, `envelope` go to the functions of message.mjs, the rest
 * to {@link fill}; `keyInfo` is a form of parties.mjs or text.
 */
export function signed({ keyInfo, before = '', after = '', ...parts } = {}) {
  const prefix = parts.envelope?.prefix ?? 'soap';
  const form = keyInfo ?? keyInfoForms['key-identifier'](parts.key ?? 'organisation');
  const content = before + signature({ keyInfo: form, ...parts.signature }) + after;
  const header =
    (parts.headerBefore ?? '') + security({ prefix, content, ...parts.security }) + (parts.headerAfter ?? '');
  return fill(envelope({ header, body: bodyPart({ prefix, ...parts.body }), ...parts.envelope }), parts);
}

export { bodyId };
