/** xmldsigjs over WebCrypto. It signs by plain `Id`, not `wsu:Id`, and verifies its own output. */
import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import * as xmldsig from 'xmldsigjs';

import { certificatePem, envelopeText, keyPem } from '../documents.mjs';
import { contend } from './contender.mjs';
import { DS, EXC, prepareText } from './xml-names.mjs';

// The very copy of xml-core that xmldsigjs uses, as a module, and the DOM that goes with it.
const inside = createRequire(import.meta.resolve('xmldsigjs'));
const core = await import(
  new URL('build/esm/index.js', pathToFileURL(inside.resolve('xml-core/package.json'))).href
);
const { DOMImplementation, DOMParser, XMLSerializer } = inside('@xmldom/xmldom');
const xpath = inside('xpath');

core.setNodeDependencies({ DOMParser, XMLSerializer, DOMImplementation, xpath });
xmldsig.Application.setEngine('node', webcrypto);

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const pkcs8 = createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'der' });
const spki = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' });
const privateKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
const publicKey = await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']);

async function sign(text) {
  const document = xmldsig.Parse(prepareText(text, 'Id="id-body"'));
  const signed = new xmldsig.SignedXml();
  signed.XmlSignature.SignedInfo.CanonicalizationMethod.Algorithm = EXC;
  await signed.Sign(algorithm, privateKey, document, {
    references: [{ uri: '#id-body', hash: 'SHA-256', transforms: ['exc-c14n'] }],
  });
  const security = xpath.select("//*[local-name(.)='Security']", document)[0];
  security.appendChild(document.importNode(signed.XmlSignature.GetXml(), true));
  return xmldsig.Stringify(document);
}

contend({
  sign(size) {
    const text = envelopeText(size);
    return () => sign(text);
  },
  verify(size) {
    const own = sign(envelopeText(size));
    return async () => {
      const document = xmldsig.Parse(await own);
      const signed = new xmldsig.SignedXml(document);
      signed.LoadXml(document.getElementsByTagNameNS(DS, 'Signature')[0]);
      return signed.Verify(publicKey);
    };
  },
});
