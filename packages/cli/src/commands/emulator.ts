import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  createEmulator,
  type EkdoPortalExchange,
  type Emulator,
  type EmulatorOptions,
  type Exchange,
  type ScenarioOptions,
} from '@egov-gateway/emulator';

import type { Command, CommandContext } from '../command.ts';
import { servePortal } from '../ekdo/emulated-portal.ts';
import { announce } from '../emulator/announcement.ts';
import {
  type EmulatorConfig,
  readEmulatorConfig,
  type ScriptedScenario,
} from '../emulator/emulator-config.ts';
import {
  type GatewayScenario,
  gatewayScenario,
  listWord,
  type MisbehavingSide,
  type PortalScenario,
  portalScenario,
  printMisbehaviours,
} from '../emulator/misbehaviour-menu.ts';
import { exitCodes } from '../exit-code.ts';
import { listenError, readPort } from '../listening.ts';
import { listOption, type OptionValues, switchOption, textOption } from '../option-values.ts';
import { printable } from '../printable.ts';
import { UsageError } from '../usage-error.ts';
import { aborted } from '../worker-watch.ts';

const nothing: EmulatorConfig = {
  host: undefined,
  port: undefined,
  tls: false,
  options: {},
  misbehave: [],
  ekdo: undefined,
};

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
    '--misbehave NAME      spoil the next answer in this way; repeat it for several; list prints every NAME and what it does',
    '--ekdo-misbehave NAME[@STEP]',
    '                      the same of the portal. STEP is token, document (default), signature or status',
    '--config FILE         JSON: host, port, tls, systems, services, async, asyncStore, checks, misbehave, ekdo,',
    '                      acceptWithinMs, answerWithinMs',
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
    'ekdo-misbehave': { type: 'string', multiple: true },
    config: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, positionals, context) {
    if (positionals.length > 0) throw new UsageError('emulator takes options only');
    const listed = askedLists(values);
    for (const side of listed) printMisbehaviours(context.console, side, switchOption(values, 'json'));
    if (listed.length > 0) return exitCodes.done;
    const port = readPort(textOption(values, 'port'));
    const scenarios = listOption(values, 'misbehave').map((text) => ({
      name: gatewayScenario(text),
      settings: {},
    }));
    const file = textOption(values, 'config');
    const config = file === undefined ? nothing : await readEmulatorConfig(file, context);
    const portal = portalOf(values, config);
    const running = await createEmulator({
      ...config.options,
      ...asyncOptions(values, config),
      onExchange: (exchange) => context.console.note(gatewayLine(exchange)),
    });
    const stopNoting = noteAsyncErrors(running, context);
    try {
      for (const scenario of [...config.misbehave, ...scenarios]) misbehave(running, scenario);
      pushTo(running, listOption(values, 'push'));
      await serve(running, { port, portal, config }, values, context);
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

/** Which lists of misbehaviours are asked for. */
function askedLists(values: OptionValues): readonly MisbehavingSide[] {
  const asks = (option: string): boolean => listOption(values, option).includes(listWord);
  return [
    ...(asks('misbehave') ? (['gateway'] as const) : []),
    ...(asks('ekdo-misbehave') ? (['portal'] as const) : []),
  ];
}

/** Where the portal is to listen, and what it is to do wrong; `undefined` when there is to be none. */
function portalOf(values: OptionValues, { ekdo }: EmulatorConfig): EmulatorConfig['ekdo'] {
  const port = readPort(textOption(values, 'ekdo-port'), 'ekdo-port') ?? ekdo?.port;
  const scenarios: readonly PortalScenario[] = listOption(values, 'ekdo-misbehave').map(portalScenario);
  if (port !== undefined) return { port, misbehave: [...(ekdo?.misbehave ?? []), ...scenarios] };
  if (scenarios.length > 0) throw new UsageError('--ekdo-misbehave goes with --ekdo-port');
  return undefined;
}

/** @throws {UsageError} when a setting does not fit */
function misbehave(running: Emulator, { name, settings }: ScriptedScenario): void {
  try {
    running.misbehave(name, settings as ScenarioOptions<GatewayScenario>);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new UsageError(`misbehave: ${cause.message}`, { cause });
  }
}

async function serve(
  running: Emulator,
  {
    port,
    portal: portalOptions,
    config,
  }: {
    readonly port: number | undefined;
    readonly portal: EmulatorConfig['ekdo'];
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
  const portal =
    portalOptions &&
    (await servePortal(
      { ...address, port: portalOptions.port },
      {
        misbehave: portalOptions.misbehave,
        onExchange: (exchange) => context.console.note(portalLine(exchange)),
      },
    ));
  const folder = await mkdtemp(join(tmpdir(), 'egw-emulator-'));
  try {
    await announce(running, { server, portal }, folder, switchOption(values, 'json'), context);
    await aborted(context.signal);
  } finally {
    await portal?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One exchange of the gateway. */
function gatewayLine(exchange: Exchange): string {
  const { number, serviceId = '—', messageId = '—', result, code, misbehaviour, durationMs } = exchange;
  const words = [
    `#${number}`,
    serviceId,
    messageId,
    result,
    code,
    misbehaviour,
    `${durationMs.toFixed(0)} ms`,
  ];
  return printable(words.filter((word) => word !== undefined && word !== '').join(' '));
}

/** One exchange of the portal: what a person would look up there. */
function portalLine({ step, documentId, httpStatus, code, misbehaviour }: EkdoPortalExchange): string {
  const words = ['portal', step, documentId ?? '—', httpStatus ?? 'no answer', code, misbehaviour];
  return printable(words.filter((word) => word !== undefined).join(' '));
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
      console.note(printable(`${messageId} ${error instanceof Error ? error.message : 'unknown failure'}`));
    }
    told = errors.length;
  };
  const timer = setInterval(tell, 1000);
  return () => {
    clearInterval(timer);
    tell();
  };
}
