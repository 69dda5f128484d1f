/** The whole path of one message, step by step, over real HTTP on loopback. */
import { parseArgs, styleText } from 'node:util';

import { createTransport, SyncClient } from '@egov-gateway/client';
import type { Transport, XmlElement } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';
import { wsuNamespace, xsiNamespace } from '@egov-gateway/envelope';
import { loadPkcs12, pinnedCertificates } from '@egov-gateway/keys';
import { medicalExemptionSearch } from '@egov-gateway/medical-exemption';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';
import { parseXml } from '@egov-gateway/xml';

// `--key gost` signs both ways with GOST 34.310-2015, 512 bits, instead of RSA.
const { values } = parseArgs({ options: { key: { type: 'string', default: 'rsa' } } });
const algorithm = { rsa: 'rsa', gost: 'gost2015-512' }[values.key] as 'rsa' | 'gost2015-512' | undefined;
if (algorithm === undefined) throw new TypeError('--key is rsa or gost');

const step = (text: string): void => console.log(`\n${styleText('bold', text)}`);
const detail = (name: string, value: unknown): void =>
  console.log(`   ${styleText('dim', name.padEnd(28))} ${String(value)}`);
const child = (element: XmlElement | undefined, name: string): XmlElement | undefined => {
  let found = element?.first;
  while (found !== undefined && found.localName !== name) found = found.next;
  return found;
};
const find = (document: Uint8Array, path: string): XmlElement | undefined => {
  let found: XmlElement | undefined = parseXml(document).root;
  for (const name of path.split('/')) found = child(found, name);
  return found;
};
/** The text of a leaf, or the attribute that says most. */
const shown = (element: XmlElement): string => {
  if (element.localName === 'password') return '••••••';
  const attribute = ['Algorithm', 'URI'].map((name) => element.attribute(name)).find((found) => found);
  const text = element.first === undefined ? element.text() : '';
  const value = attribute ?? element.attribute('type', xsiNamespace) ?? text;
  return value.length > 72 ? `${value.slice(0, 72)}…` : value;
};
/** One line an element, as far as the screen goes. */
const outline = (element: XmlElement | undefined, depth = 0): void => {
  for (let next = element?.first; next !== undefined; next = next.next) {
    detail(`${'  '.repeat(depth)}${next.localName}`, shown(next));
    outline(next, depth + 1);
  }
};

/** The steps of the process of registration through the gateway, as the emulator names them. */
const gatewaySteps: Readonly<Record<string, string>> = {
  'transport-signature': 'step 2: made by a registered certificate, valid today, covers the Body',
  envelope: 'step 3: follows the contract of the channel',
  authorisation: 'step 4: account, password, and the BIN of the certificate is the registered one',
  journal: 'step 5: recorded',
  service: 'steps 6-9: the service has answered',
  answer: 'steps 10-11: its answer is sound',
  addressee: 'step 12: it may go to the caller',
  signed: 'steps 13-15: recorded, signed by the gateway, on its way back',
};

step('1  Start the gateway emulator');
const emulator = await createEmulator({ responseSigning: algorithm });
await using server = await emulator.listen();
const { testSystem, gatewayCertificate } = emulator;
detail('endpoint', server.url);
detail('registered system', testSystem.senderId);

step('2  Open the key file (PKCS#12)');
const { pkcs12, pkcs12Password } = algorithm === 'rsa' ? testSystem : testSystem.gost;
const key = await loadPkcs12(pkcs12, pkcs12Password);
detail('algorithm', key.algorithm);
detail('owner', `organisation with a BIN, certificate ${key.certificate.thumbprintSha256.slice(0, 16)}…`);
detail('valid until', new Date(key.certificate.notAfterMs).toISOString());

step('3  A typed request for «медотвод», checked before anything is sent');
const request = { number: '01085' };
detail('service', medicalExemptionSearch.id);
detail('request', JSON.stringify(request));
detail('broken rules', medicalExemptionSearch.request.validate(request).length);
const wrong = medicalExemptionSearch.request.validate({ iin: '001300900012' });
detail('a wrong IIN would be', wrong.map(({ path, message }) => `${path} ${message}`).join('; '));

// The transport shows what passes; everything else is what an application would use.
const http = createTransport({ allowInsecureHttp: true });
const transport: Transport = {
  async exchange(outgoing) {
    step('4  The envelope: SOAP 1.1, the elements in the order of the XSD');
    outline(find(outgoing.body, 'Body'));

    step('5  The transport signature in the header: one reference, to the Body');
    outline(find(outgoing.body, 'Header/Security'));
    detail('wsu:Id of the Body', find(outgoing.body, 'Body')?.attribute('Id', wsuNamespace));

    step('6  POST over HTTP');
    detail('sent', `${outgoing.body.length} bytes, ${outgoing.headers['content-type']}`);
    const answer = await http.exchange(outgoing);
    const exchange = emulator.exchanges.at(-1);
    step('7  What the gateway did (Rules No 123, п.53-58 and Приложение 6)');
    for (const name of exchange?.passed ?? []) detail(name, gatewaySteps[name]);

    step('8  The answer');
    detail('HTTP', `${answer.status}, ${answer.body.length} bytes, ${answer.headers['content-type']}`);
    const signature = find(answer.body, 'Header/Security/Signature');
    detail('signed with', child(child(signature, 'SignedInfo'), 'SignatureMethod')?.attribute('Algorithm'));
    outline(child(signature, 'KeyInfo'));
    return answer;
  },
};

const client = new SyncClient({
  endpoint: server.url,
  // Loopback only: a real endpoint is https, or plain http inside a VPN.
  allowInsecureHttp: true,
  sender: { id: testSystem.senderId, password: testSystem.password },
  signer: createEnvelopeSigner({ key }),
  verifier: createEnvelopeVerifier({ trust: pinnedCertificates([gatewayCertificate]) }),
  transport,
});
const { value, info, verified } = await client.callWithInfo(medicalExemptionSearch, request);

step('9  Verified and decoded');
detail('signature', verified ? 'holds, made by the pinned gateway certificate' : 'none');
detail('status', `${info.status.code}: ${info.status.message}`);
for (const exemption of value.medicalExemptionList) {
  detail('exemption', `${exemption.number} — ${exemption.medicalProcedure.nameRu}`);
  detail('its status', exemption.status);
  detail('its certificate', `${exemption.certificate?.bytes().length ?? 0} bytes of PDF`);
}
await http.close();
console.log(`\n${styleText('green', 'Done.')} The same in five lines: npm run example -- medical-exemption`);
