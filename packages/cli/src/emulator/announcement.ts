import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Emulator, EmulatorServer } from '@egov-gateway/emulator';

import type { CommandContext } from '../command.ts';
import { type ServedPortal, writePortalCredentials } from '../ekdo/emulated-portal.ts';

const tryService = 'EHEALTH_MEDICAL_EXEMPTION_SEARCH';
const tryRequest =
  '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:n="http://ehealth.kz/integration/sync" xsi:type="n:MedicalExemptionSearchRequest"><number>01085</number></data>\n';

/** Says where it listens, and how to call it with this very CLI. */
export async function announce(
  running: Emulator,
  { server, portal }: { readonly server: EmulatorServer; readonly portal: ServedPortal | undefined },
  folder: string,
  asJson: boolean,
  { console }: CommandContext,
): Promise<void> {
  const { testSystem } = running;
  const files = {
    key: join(folder, 'test-system.p12'),
    password: join(folder, 'password'),
    gateway: join(folder, 'gateway.pem'),
    tls: join(folder, 'tls.pem'),
    request: join(folder, 'request.xml'),
    journal: join(folder, 'messages.journal'),
  };
  await writeFile(files.key, testSystem.pkcs12, { mode: 0o600 });
  await writeFile(files.password, testSystem.pkcs12Password, { mode: 0o600 });
  await writeFile(files.gateway, running.gatewayCertificatePem);
  await writeFile(files.tls, running.tls.ca);
  await writeFile(files.request, tryRequest);
  const portalCredentials = portal === undefined ? undefined : await writePortalCredentials(folder);

  if (asJson) {
    console.json({
      url: server.url.href,
      wsdl: `${server.url.href}?wsdl`,
      asyncUrl: server.asyncUrl.href,
      asyncWsdl: `${server.asyncUrl.href}?wsdl`,
      ...(portal === undefined ? {} : { ekdoUrl: portal.url.href }),
      senderId: testSystem.senderId,
      files: { ...files, ...(portalCredentials === undefined ? {} : { portalCredentials }) },
    });
    return;
  }
  const isTls = server.url.protocol === 'https:';
  const connection = [
    isTls ? `--ca ${files.tls}` : '--allow-insecure-http',
    `--sender-id ${testSystem.senderId} --sender-password-file ${files.password}`,
    `--key ${files.key} --password-file ${files.password}`,
    `--trust ${files.gateway}`,
  ];
  const printCommand = (...lines: readonly string[]): void => console.line(lines.join(' \\\n  '));
  console.line(`The gateway emulator listens on ${server.url.href}`);
  console.line(`Its asynchronous channel:       ${server.asyncUrl.href}`);
  console.line(`Their WSDL: ${server.url.href}?wsdl and ${server.asyncUrl.href}?wsdl`);
  if (portal !== undefined) console.line(`The portal «Работа России»:     ${portal.url.href}`);
  console.line(`Its test key and files: ${dirname(files.key)}`);
  console.line('\nCall it from another terminal:\n');
  printCommand('egw medical-exemption search --number 01085', `--endpoint ${server.url.href}`, ...connection);
  console.line('\nThe same over the asynchronous channel, kept in a journal, the answer pulled:\n');
  printCommand(
    `egw call async ${tryService} --data ${files.request}`,
    `--journal ${files.journal} --async-endpoint ${server.asyncUrl.href}`,
    ...connection,
  );
  if (portal !== undefined && portalCredentials !== undefined) {
    console.line('\nDocuments of a folder to the portal, signatures beside them:\n');
    printCommand(
      'egw ekdo send FOLDER --list LIST --signature-kind unep --unverified-preset multipart',
      `--portal-url ${portal.url.href} --portal-credentials ${portalCredentials}`,
      `${isTls ? `--ca ${files.tls}` : '--allow-insecure-http'} --journal ${files.journal}`,
    );
  }
  console.line(
    `\nThe folder of these files goes with the emulator. Pushed instead: start it with --push ${testSystem.senderId}=URL,`,
  );
  console.line('run egw receive behind that URL, and call with --no-poll.');
  console.line('\nThe key, the passwords and the certificates are TEST ONLY and published. Ctrl-C ends.');
}
