import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';
import { parseXml } from '@egov-gateway/xml';

import { unsignedEnvelopes } from './messages.mjs';
import { run } from './tools.mjs';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The text of what the gateway's schema knows: the child of the Body, of a fault the child of its detail. */
function contentOf(bytes) {
  const { root } = parseXml(bytes);
  const content = root.child('Body', soap).first;
  const element = content.localName === 'Fault' ? content.child('detail').first : content;
  return root.document.source.slice(element.startOffset, element.endOffset);
}

/** Our messages are valid by the gateway's own schemas. */
export async function schemaCases(report, { folder, shared }) {
  if (shared === undefined) {
    report.section("the gateway's schemas", 'not run: EGW_SHARED names no folder with interface files');
    return;
  }
  report.section("our messages by the gateway's own schemas (xmllint)");
  const path = join(folder, 'content.xml');
  const validate = (schema, content) => {
    writeFileSync(path, content);
    run('xmllint', ['--noout', '--schema', join(shared, 'interfaces', schema), path]);
  };

  for (const { name, bytes, layout } of unsignedEnvelopes()) {
    // The type that an xsi:type names belongs to a service's own schema.
    if (layout === undefined || name.includes('xsi:type')) continue;
    await report.case(`request: ${name}`, () => validate('compile/sync.xsd', contentOf(bytes)));
  }
  await exchangeCases(report, validate);
}

/** What the emulator and the client really exchange. */
async function exchangeCases(report, validate) {
  const { medicalExemptionSearch } = await import('@egov-gateway/medical-exemption');
  const emulator = await createEmulator();
  const { senderId, password, signingKey } = emulator.testSystem;
  const exchanged = [];
  const inner = emulator.transport();
  const transport = {
    exchange: async (request) => {
      const response = await inner.exchange(request);
      exchanged.push({ request: request.body, response: response.body });
      return response;
    },
  };
  const gateway = (secret) =>
    createGateway({
      endpoint: emulator.url,
      transport,
      key: signingKey,
      trust: emulator.trust,
      sender: { id: senderId, password: secret },
    });
  await gateway(password).call(medicalExemptionSearch, { number: '01085' });
  await gateway('wrong')
    .call(medicalExemptionSearch, { number: '01085' })
    .catch(() => {});
  await emulator.close();

  const withoutType = (content) => content.replace(/(<data\b[^>]*?) xsi:type="[^"]*"/, '$1');
  const [answered, refused] = exchanged;
  await report.case('medical exemption, request', () =>
    validate('compile/sync.xsd', withoutType(contentOf(answered.request))),
  );
  await report.case('medical exemption, response', () =>
    validate('compile/sync.xsd', withoutType(contentOf(answered.response))),
  );
  await report.case("the emulator's fault", () => validate('compile/sync.xsd', contentOf(refused.response)));
}
