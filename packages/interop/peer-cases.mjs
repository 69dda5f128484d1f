import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { createGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';
import { createEnvelopeVerifier } from '@egov-gateway/wsse';
import { parseXml } from '@egov-gateway/xml';
import { request } from 'undici';

import { startPhpServer } from './php-server.mjs';
import { text, textCodec } from './text-data.mjs';
import { phpProgram, startPython } from './tools.mjs';

const run = promisify(execFile);
const wsdlNamespace = 'http://schemas.xmlsoap.org/wsdl/';
const unsignedPath = '/bip-sync/';
const echo = { id: 'EXAMPLE_ECHO', request: textCodec, response: textCodec, successCodes: ['SUCCESS'] };

function assertEqual(actual, expected) {
  if (actual !== expected)
    throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}

const base64 = (value) => Buffer.from(value).toString('base64');

const pem = (certificate) => new X509Certificate(certificate.der).toString();

/** Other people's SOAP stacks talk to our emulator, and our client talks to theirs, over HTTP. */
export async function peerCases(report, { folder }) {
  report.section(
    'other SOAP stacks over HTTP',
    'PHP makes no WS-Security signature: it talks to the endpoint without one, and ignores ours',
  );
  const emulator = await createEmulator();
  emulator.service(echo, (received) => received);
  const server = await emulator.listen();
  try {
    await zeepCases(report, { folder, emulator, server });
    await phpClientCases(report, { emulator, server });
    await phpServerCases(report, { folder, emulator, server });
  } finally {
    await server.close();
    await emulator.close();
  }
}

async function zeepCases(report, { folder, emulator, server }) {
  const file = (name, content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const { senderId, password, privateKeyPem, certificatePem } = emulator.testSystem;
  const gatewayCertificate = file('gateway.crt', pem(emulator.gatewayCertificate));
  const python = startPython([file('system.key', privateKeyPem), file('system.crt', certificatePem)]);
  const verifier = createEnvelopeVerifier({ trust: emulator.trust });
  const call = (path, secret, style) => {
    const url = new URL(`${server.urlOf(path)}?wsdl`);
    return python.ask(
      'zeep-call',
      url,
      senderId,
      secret,
      echo.id,
      base64(text),
      style,
      style && gatewayCertificate,
    );
  };
  try {
    for (const style of ['binary-security-token', 'x509-data']) {
      await report.case(
        `zeep, client from ?wsdl, signed as ${style}: calls our emulator, verifies the answer`,
        async () => {
          const [status, received] = (await call('/bip-sync-wss-gost/', password, style)).split(' ');
          assertEqual(status, 'SUCCESS');
          const answer = await verifier.verify(Buffer.from(received, 'base64'));
          assertEqual(answer.verified, true);
          if (!Buffer.from(answer.canonical()).includes('Ақпарат'))
            throw new Error('the text did not come back');
        },
      );
    }
    await report.case(
      'zeep, client from ?wsdl, endpoint without signatures: calls our emulator',
      async () => {
        const [status] = (await call(unsignedPath, password, '')).split(' ');
        assertEqual(status, 'SUCCESS');
      },
    );
    await report.case('zeep, wrong password: understands our fault', async () => {
      const [status, code] = (await call('/bip-sync-wss-gost/', 'wrong', 'binary-security-token')).split(' ');
      assertEqual(`${status} ${/^[\w-]+$/.test(code)}`, 'FAULT true');
    });
  } finally {
    await python.close();
  }
}

async function phpClientCases(report, { emulator, server }) {
  const { senderId, password } = emulator.testSystem;
  const call = async (secret) => {
    const wsdl = `${server.urlOf(unsignedPath)}?wsdl`;
    const { stdout } = await run('php8.2', [phpProgram('client.php'), wsdl, senderId, secret, echo.id, text]);
    return stdout;
  };
  await report.case('PHP SoapClient from ?wsdl: calls our emulator', async () => {
    assertEqual(await call(password), `SUCCESS ${text}`);
  });
  await report.case('PHP SoapClient, wrong password: understands our fault', async () => {
    if (!/^FAULT [\w-]+$/.test(await call('wrong'))) throw new Error(`no fault, but ${await call('wrong')}`);
  });
}

async function phpServerCases(report, { folder, emulator, server }) {
  const wsdl = join(folder, 'sync.wsdl');
  const { body } = await request(`${server.urlOf(unsignedPath)}?wsdl`);
  const contract = await body.text();
  writeFileSync(wsdl, contract);
  const fault = parseXml(Buffer.from(contract)).root.child('portType', wsdlNamespace);
  const php = await startPhpServer({
    EGW_WSDL: wsdl,
    EGW_FAULT: fault.first.child('fault', wsdlNamespace).attribute('name'),
    EGW_PASSWORD: 'test-only',
  });
  const gatewayFor = (password, signing) =>
    createGateway({
      endpoint: php.url,
      allowInsecureHttp: true,
      sender: { id: 'example-system', password },
      verification: 'off',
      ...signing,
    });
  const signings = {
    unsigned: { signing: 'off' },
    'signed, with wsse:Security mustUnderstand': { key: emulator.testSystem.signingKey },
  };
  try {
    for (const [name, signing] of Object.entries(signings)) {
      await report.case(`our client, ${name}: calls PHP SoapServer`, async () => {
        const gateway = gatewayFor('test-only', signing);
        try {
          assertEqual((await gateway.call(echo, { text })).text, text);
        } finally {
          await gateway.close();
        }
      });
    }
    await report.case('our client, wrong password: understands the fault of PHP SoapServer', async () => {
      const gateway = gatewayFor('wrong', { signing: 'off' });
      try {
        const outcome = await gateway.call(echo, { text }).catch((error) => error);
        assertEqual(
          `${outcome.code} ${outcome.faultCode} ${outcome.delivery}`,
          'ERR_FAULT_GATEWAY PHP001 unknown',
        );
      } finally {
        await gateway.close();
      }
    });
  } finally {
    await php.close();
  }
}
