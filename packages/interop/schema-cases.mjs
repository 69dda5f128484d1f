import { createGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';

import { asyncSchemaCases } from './async-schema-cases.mjs';
import { unsignedEnvelopes } from './messages.mjs';
import { registerSchemaCases } from './register-schema-cases.mjs';
import { contentOf, schemaValidator } from './schema-validator.mjs';

/** Our messages are valid by the gateway's own schemas. */
export async function schemaCases(report, { folder, shared }) {
  if (shared === undefined) {
    report.section("the gateway's schemas", 'not run: EGW_SHARED names no folder with interface files');
    return;
  }
  report.section("our messages by the gateway's own schemas (xmllint)");
  const sync = schemaValidator({ folder, shared, schema: 'compile/sync.xsd' });
  const validate = (content) => sync([content]);

  for (const { name, bytes, layout } of unsignedEnvelopes()) {
    // The type that an xsi:type names belongs to a service's own schema.
    if (layout === undefined || name.includes('xsi:type')) continue;
    await report.case(`request: ${name}`, () => validate(contentOf(bytes)));
  }
  await exchangeCases(report, validate);
  await registerSchemaCases(report, { folder, shared });
  await asyncSchemaCases(report, schemaValidator({ folder, shared, schema: 'compile/async.xsd' }));
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
  await report.case('medical exemption, request', () => validate(withoutType(contentOf(answered.request))));
  await report.case('medical exemption, response', () => validate(withoutType(contentOf(answered.response))));
  await report.case("the emulator's fault", () => validate(contentOf(refused.response)));
}
