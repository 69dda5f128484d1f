import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { createGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';
import { registrationReport, reregistrationReport } from '@egov-gateway/registers';
import { parseXml } from '@egov-gateway/xml';

import { run } from './tools.mjs';

const reports = [
  { name: 'report 3005', report: registrationReport, file: 'gbdul-report-3005-kdp.xsd' },
  // Its schema has types and no elements.
  { name: 'report 3007', report: reregistrationReport, file: 'gbdul-report-3007-kdp.xsd', isTypesOnly: true },
];

/** Reports of the state registers, as the client asks for them and the emulator answers, by their own schemas. */
export async function registerSchemaCases(report, { folder, shared }) {
  for (const { name, report: service, file, isTypesOnly = false } of reports) {
    const exchanged = await exchange(service);
    for (const [direction, content] of Object.entries(exchanged)) {
      await report.case(`${name}, ${direction}`, () => {
        const at = join(folder, 'registers');
        mkdirSync(at, { recursive: true });
        const path = join(at, `${file}-${direction}.xml`);
        writeFileSync(path, content);
        const schema = schemaOf({
          folder: at,
          path: join(shared, 'interfaces', 'gbdul', file),
          isTypesOnly,
          content,
        });
        run('xmllint', ['--noout', '--nowarning', '--schema', schema, path]);
      });
    }
  }
}

function schemaOf({ folder, path, isTypesOnly, content }) {
  if (!isTypesOnly) return path;
  const namespace = parseXml(new TextEncoder().encode(content)).root.namespace;
  const elements = ['request', 'response'].map((name) => `<xs:element name="${name}" type="t:${name}"/>`);
  const wrapper = join(folder, 'elements.xsd');
  writeFileSync(
    wrapper,
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${namespace}" targetNamespace="${namespace}" ` +
      `elementFormDefault="qualified"><xs:include schemaLocation="${pathToFileURL(path)}"/>${elements.join('')}</xs:schema>`,
  );
  return wrapper;
}

/** What is within `data` of a request that is not signed, because the schema knows no signature, and of its answer. */
async function exchange({ unsigned }) {
  const emulator = await createEmulator();
  const inner = emulator.transport();
  const bodies = {};
  const transport = {
    exchange: async (request) => {
      const response = await inner.exchange(request);
      Object.assign(bodies, { request: request.body, response: response.body });
      return response;
    },
  };
  const { token: code, publicKey } = emulator.consents.issue({
    iin: '001300900011',
    accessNames: [unsigned.id],
    expiresInMs: 600_000,
    atMs: Date.now(),
  });
  const gateway = createGateway({ ...emulator.connection(), transport });
  await gateway.call(unsigned, {
    requestNumber: '0007',
    declarantId: '991340000017',
    requestDate: '2026-01-13T10:00:02.000+05:00',
    requestSystemId: '05',
    businessData: {
      bin: '991340000801',
      requestor: { person: { iin: '001300900011', name: 'ӘСЕЛ' }, legal: false },
      infoAbtToken: { tokens: [{ code, publicKey }] },
    },
  });
  await emulator.close();
  return Object.fromEntries(
    Object.entries(bodies).map(([direction, bytes]) => [direction, dataContent(bytes)]),
  );
}

function dataContent(bytes) {
  const ahead = [parseXml(bytes).root];
  for (let element = ahead.pop(); element !== undefined; element = ahead.pop()) {
    if (element.localName === 'data') return element.first.toXml();
    for (let child = element.first; child !== undefined; child = child.next) ahead.push(child);
  }
  throw new Error('the message has no data');
}
