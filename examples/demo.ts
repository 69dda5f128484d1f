/** The whole path of one message, step by step, over real HTTP on loopback. */
import { styleText } from 'node:util';

import { createTransport, SyncClient } from '@egov-gateway/client';
import type { Transport } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';
import { loadPkcs12, pinnedCertificates } from '@egov-gateway/keys';
import { medicalExemptionSearch } from '@egov-gateway/medical-exemption';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';

const step = (text: string): void => console.log(`\n${styleText('bold', text)}`);
const detail = (name: string, value: unknown): void =>
  console.log(`   ${styleText('dim', name.padEnd(20))} ${String(value)}`);
const excerpt = (bytes: Uint8Array, pattern: RegExp): string =>
  pattern.exec(Buffer.from(bytes).toString('utf8'))?.[0] ?? '(not there)';

step('1  Start the gateway emulator');
const emulator = await createEmulator();
await using server = await emulator.listen();
const { testSystem, gatewayCertificate } = emulator;
detail('endpoint', server.url);
detail('registered system', testSystem.senderId);

step('2  Open the key file (PKCS#12)');
const key = await loadPkcs12(testSystem.pkcs12, testSystem.pkcs12Password);
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
    step('4  The envelope: requestInfo and data, in the order of the XSD');
    detail('requestInfo', excerpt(outgoing.body, /<messageId>.*?<\/messageDate>/));
    detail('requestData', excerpt(outgoing.body, /<requestData>.*<\/requestData>/));

    step('5  The transport signature: one reference, to the Body');
    detail('Body', excerpt(outgoing.body, /wsu:Id="[^"]*"/));
    detail('Reference', excerpt(outgoing.body, /<ds:Reference URI="[^"]*"/));
    detail('SignatureMethod', excerpt(outgoing.body, /<ds:SignatureMethod Algorithm="[^"]*"/));
    detail('DigestValue', excerpt(outgoing.body, /<ds:DigestValue>[^<]*/));
    detail('KeyInfo', `${excerpt(outgoing.body, /<wsse:KeyIdentifier/)}, the whole certificate`);

    step('6  POST over HTTP');
    detail('sent', `${outgoing.body.length} bytes, ${outgoing.headers['content-type']}`);
    const answer = await http.exchange(outgoing);
    const exchange = emulator.exchanges.at(-1);
    step('7  What the gateway did (Rules No 123, п.53-58 and Приложение 6)');
    for (const [i, name] of (exchange?.passed ?? []).entries()) detail(`   ${i + 1}`, name);

    step('8  The answer');
    detail('HTTP', `${answer.status}, ${answer.body.length} bytes, ${answer.headers['content-type']}`);
    detail('signed by', excerpt(answer.body, /<ds:X509SerialNumber>[^<]*/));
    return answer;
  },
};

const client = new SyncClient({
  endpoint: server.url,
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
