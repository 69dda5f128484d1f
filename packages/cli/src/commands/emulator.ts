import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import {
  type AsyncMisbehaviourName,
  asyncMisbehaviours,
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type EmulatorServer,
  type MisbehaviourName,
  misbehaviours,
} from '@egov-gateway/emulator';

import {
  type Command,
  type CommandContext,
  listOption,
  type OptionValues,
  switchOption,
  textOption,
  UsageError,
} from '../command.ts';
import { type ServedPortal, servePortal, writePortalCredentials } from '../ekdo/emulated-portal.ts';
import { type EmulatorConfig, readEmulatorConfig } from '../emulator-config.ts';
import { exitCodes } from '../exit-code.ts';
import { listenError, readPort } from '../listening.ts';
import { aborted } from '../worker-watch.ts';

const tryService = 'EHEALTH_MEDICAL_EXEMPTION_SEARCH';
const tryRequest =
  '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:n="http://ehealth.kz/integration/sync" xsi:type="n:MedicalExemptionSearchRequest"><number>01085</number></data>\n';
const nothing: EmulatorConfig = { host: undefined, port: undefined, tls: false, options: {} };

/** `egw emulator [--port N] [--config FILE]` */
export const emulator: Command = {
  usage:
    'emulator [--port N] [--ekdo-port N] [--host H] [--tls] [--push SENDER=URL…] [--async-store FILE] [--config FILE] [--json]',
  summary:
    'Runs the gateway emulator, both channels, until Ctrl-C, and prints how to call it. No configuration is needed.',
  help: [
    '--port N              port; 8080 by default, 0 for a free one',
    '--ekdo-port N         serve an emulator of the portal «Работа России» (ЭКДО) there too; 0 for a free port',
    '--host H              address; 127.0.0.1 by default',
    '--tls                 HTTPS with the built-in TEST ONLY certificate',
    '--push SENDER=URL     push the messages of this system there; repeat it for several; by default systems pull',
    '--async-store FILE    keep the asynchronous channel in this file over restarts; in memory by default',
    '--dedupe              recognise a message of the asynchronous channel that comes again by its messageId',
    '--misbehave NAME      spoil the next answer in this way; repeat it for several',
    '--config FILE         JSON: host, port, tls, systems, services, async, asyncStore, checks, acceptWithinMs, answerWithinMs',
    '--json                where it listens as one JSON object on stdout, and one line a message on stderr',
  ],
  options: {
    port: { type: 'string' },
    'ekdo-port': { type: 'string' },
    host: { type: 'string' },
    tls: { type: 'boolean' },
    push: { type: 'string', multiple: true },
    'async-store': { type: 'string' },
    dedupe: { type: 'boolean' },
    misbehave: { type: 'string', multiple: true },
    config: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, positionals, context) {
    if (positionals.length > 0) throw new UsageError('emulator takes options only');
    const port = readPort(textOption(values, 'port'));
    const ekdoPort = readPort(textOption(values, 'ekdo-port'), 'ekdo-port');
    const scenarios = listOption(values, 'misbehave').map(readScenario);
    const file = textOption(values, 'config');
    const config = file === undefined ? nothing : await readEmulatorConfig(file, context);
    const running = await createEmulator({
      ...config.options,
      ...asyncOptions(values, config),
      onExchange: ({ number, serviceId = '—', messageId = '—', result, code = '', durationMs }) =>
        context.console.note(
          `#${number} ${serviceId} ${messageId} ${result} ${code} ${durationMs.toFixed(0)} ms`.trimEnd(),
        ),
    });
    const stopNoting = noteAsyncErrors(running, context);
    try {
      for (const name of scenarios) running.misbehave(name);
      pushTo(running, listOption(values, 'push'));
      await serve(running, { port, ekdoPort, config }, values, context);
    } finally {
      await running.close();
      stopNoting();
    }
    return exitCodes.done;
  },
};

/** What the options say of the asynchronous channel, over the file. */
function asyncOptions(values: OptionValues, { options }: EmulatorConfig): EmulatorOptions {
  const path = textOption(values, 'async-store');
  return {
    ...(path === undefined ? {} : { asyncStore: { path } }),
    ...(switchOption(values, 'dedupe') ? { async: { ...options.async, dedupe: 'message-id' } } : {}),
  };
}

async function serve(
  running: Emulator,
  {
    port,
    ekdoPort,
    config,
  }: {
    readonly port: number | undefined;
    readonly ekdoPort: number | undefined;
    readonly config: EmulatorConfig;
  },
  values: OptionValues,
  context: CommandContext,
): Promise<void> {
  const address = {
    port: port ?? config.port ?? 8080,
    host: textOption(values, 'host') ?? config.host ?? '127.0.0.1',
    ...((switchOption(values, 'tls') || config.tls) && { tls: true as const }),
  };
  const server = await running.listen(address).catch((error: unknown) => {
    throw listenError(error);
  });
  const portal = ekdoPort === undefined ? undefined : await servePortal({ ...address, port: ekdoPort });
  const folder = await mkdtemp(join(tmpdir(), 'egw-emulator-'));
  try {
    await announce(running, { server, portal }, folder, switchOption(values, 'json'), context);
    await aborted(context.signal);
  } finally {
    await portal?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Says where it listens, and how to call it with this very CLI. */
async function announce(
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

function readScenario(name: string): MisbehaviourName | AsyncMisbehaviourName {
  const names = [...Object.keys(misbehaviours), ...Object.keys(asyncMisbehaviours)] as (
    | MisbehaviourName
    | AsyncMisbehaviourName
  )[];
  const scenario = names.find((known) => known === name);
  if (scenario === undefined) throw new UsageError(`--misbehave is one of ${names.join(', ')}`);
  return scenario;
}

/** Gives systems the addresses of `--push SENDER=URL`. */
function pushTo(running: Emulator, texts: readonly string[]): void {
  for (const text of texts) {
    const [, senderId, url] = /^([^=]+)=(https?:\/\/.+)$/.exec(text) ?? [];
    if (senderId === undefined || url === undefined || !URL.canParse(url)) {
      throw new UsageError('--push is SENDER=URL, for example test-system=http://127.0.0.1:8090/');
    }
    try {
      running.pushTo(senderId, url);
    } catch (cause) {
      throw new UsageError('--push names a sender that nobody is registered as', { cause });
    }
  }
}

/** Says what goes wrong behind the scenes of the asynchronous channel: nobody is answered with it. */
function noteAsyncErrors(running: Emulator, { console }: CommandContext): () => void {
  let told = 0;
  const tell = (): void => {
    const errors = running.asyncErrors;
    for (const { messageId, error } of errors.slice(told)) {
      console.note(`${messageId} ${error instanceof Error ? error.message : 'unknown failure'}`);
    }
    told = errors.length;
  };
  const timer = setInterval(tell, 1000);
  return () => {
    clearInterval(timer);
    tell();
  };
}
