import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  createEmulator,
  type Emulator,
  type EmulatorServer,
  type MisbehaviourName,
  misbehaviours,
} from '@egov-gateway/emulator';

import {
  type Command,
  type CommandContext,
  listOption,
  switchOption,
  textOption,
  UsageError,
} from '../command.ts';
import { type EmulatorConfig, readEmulatorConfig } from '../emulator-config.ts';
import { exitCodes } from '../exit-code.ts';

const nothing: EmulatorConfig = { host: undefined, port: undefined, tls: false, options: {} };

/** `egw emulator [--port N] [--config FILE]` */
export const emulator: Command = {
  usage: 'emulator [--port N] [--host H] [--tls] [--config FILE] [--json]',
  summary: 'Runs the gateway emulator until Ctrl-C, and prints how to call it. No configuration is needed.',
  help: [
    '--port N              port; 8080 by default, 0 for a free one',
    '--host H              address; 127.0.0.1 by default',
    '--tls                 HTTPS with the built-in TEST ONLY certificate',
    '--misbehave NAME      spoil the next answer in this way; repeat it for several',
    '--config FILE         JSON: host, port, tls, systems, services, checks, acceptWithinMs, answerWithinMs',
    '--json                where it listens as one JSON object on stdout, and one line a message on stderr',
  ],
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    tls: { type: 'boolean' },
    misbehave: { type: 'string', multiple: true },
    config: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, positionals, context) {
    if (positionals.length > 0) throw new UsageError('emulator takes options only');
    const file = textOption(values, 'config');
    const config = file === undefined ? nothing : await readEmulatorConfig(file, context);
    const running = await createEmulator({
      ...config.options,
      onExchange: ({ number, serviceId = '—', messageId = '—', result, code = '', durationMs }) =>
        context.console.note(
          `#${number} ${serviceId} ${messageId} ${result} ${code} ${durationMs.toFixed(0)} ms`.trimEnd(),
        ),
    });
    for (const name of listOption(values, 'misbehave')) running.misbehave(readScenario(name));
    const server = await running.listen({
      port: readPort(textOption(values, 'port')) ?? config.port ?? 8080,
      host: textOption(values, 'host') ?? config.host ?? '127.0.0.1',
      ...((switchOption(values, 'tls') || config.tls) && { tls: true as const }),
    });
    const folder = await mkdtemp(join(tmpdir(), 'egw-emulator-'));
    try {
      await announce(running, server, folder, switchOption(values, 'json'), context);
      await ended(context.signal);
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
    return exitCodes.done;
  },
};

/** Says where it listens, and how to call it with this very CLI. */
async function announce(
  running: Emulator,
  server: EmulatorServer,
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
  };
  await writeFile(files.key, testSystem.pkcs12, { mode: 0o600 });
  await writeFile(files.password, testSystem.pkcs12Password, { mode: 0o600 });
  await writeFile(files.gateway, running.gatewayCertificatePem);
  await writeFile(files.tls, running.tls.ca);

  if (asJson) {
    console.json({
      url: server.url.href,
      wsdl: `${server.url.href}?wsdl`,
      senderId: testSystem.senderId,
      files,
    });
    return;
  }
  const isTls = server.url.protocol === 'https:';
  console.line(`The gateway emulator listens on ${server.url.href}`);
  console.line(`Its WSDL: ${server.url.href}?wsdl`);
  console.line('\nCall it from another terminal:\n');
  console.line(
    [
      'egw medical-exemption search --number 01085',
      `--endpoint ${server.url.href} ${isTls ? `--ca ${files.tls}` : '--allow-insecure-http'}`,
      `--sender-id ${testSystem.senderId} --sender-password-file ${files.password}`,
      `--key ${files.key} --password-file ${files.password}`,
      `--trust ${files.gateway}`,
    ].join(' \\\n  '),
  );
  console.line('\nThe key, the passwords and the certificates are TEST ONLY and published. Ctrl-C ends.');
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function readScenario(name: string): MisbehaviourName {
  const names = Object.keys(misbehaviours) as MisbehaviourName[];
  const scenario = names.find((known) => known === name);
  if (scenario === undefined) throw new UsageError(`--misbehave is one of ${names.join(', ')}`);
  return scenario;
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError('--port is a number from 0 to 65535');
  return port;
}
