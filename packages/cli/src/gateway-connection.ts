/** How `egw` reaches a gateway: the options of every command that calls one. */
import { createGateway, type Gateway } from '@egov-gateway/client/preset';

import {
  type CommandContext,
  type CommandOptions,
  type OptionValues,
  requiredOption,
  switchOption,
  textOption,
  UsageError,
} from './command.ts';
import { readPassword } from './password.ts';
import { configOption, withSettings } from './settings.ts';
import { readSigningKey, signingKeyHelp, signingKeyOptions, signingSuites } from './signing-key.ts';
import { readTrust, trustHelp, trustOptions } from './trust.ts';

const shared: CommandOptions = {
  endpoint: { type: 'string' },
  'sender-id': { type: 'string' },
  'sender-password-file': { type: 'string' },
  ...signingKeyOptions,
  ...trustOptions,
  ca: { type: 'string' },
  proxy: { type: 'string' },
  'timeout-ms': { type: 'string' },
  'allow-insecure-http': { type: 'boolean' },
  'no-signing': { type: 'boolean' },
  'no-verification': { type: 'boolean' },
};

const paths: ReadonlySet<string> = new Set([
  'sender-password-file',
  'key',
  'password-file',
  'certificate',
  'trust',
  'ca',
]);

/** The options. */
export const connectionOptions: CommandOptions = { ...shared, ...configOption };

/** Their help. */
export const connectionHelp: readonly string[] = [
  '--endpoint URL        address of the synchronous channel',
  '--sender-id ID        senderId of your system',
  '--sender-password-file F  file that holds its password (or variable EGW_SENDER_PASSWORD)',
  ...signingKeyHelp,
  ...trustHelp,
  '--ca FILE             certificate authority of the server (PEM), when it is not a public one',
  '--proxy URL           HTTP proxy',
  '--timeout-ms N        time for the whole call; 60000 by default',
  '--allow-insecure-http plain http: only inside a VPN',
  '--no-signing          do not sign: endpoints without WS-Security',
  '--no-verification     do not check answers: endpoints without WS-Security',
  '--config FILE         JSON with these options in camelCase; egw.config.json by default',
  'Every option may also come from a variable: --sender-id is EGW_SENDER_ID.',
];

/** Opens the connection that the options, the environment and the configuration file describe. */
export async function openGateway(given: OptionValues, context: CommandContext): Promise<Gateway> {
  const values = await withSettings(given, shared, paths, context);
  const keyFile = textOption(values, 'key');
  const isUnsigned = switchOption(values, 'no-signing');
  const isUnverified = switchOption(values, 'no-verification');
  if (keyFile === undefined && !isUnsigned) {
    throw new UsageError('--key FILE is missing (or --no-signing for an endpoint without WS-Security)');
  }
  const password = await readPassword(values, 'sender-password-file', 'EGW_SENDER_PASSWORD', context);
  const ca = textOption(values, 'ca');
  const proxy = textOption(values, 'proxy');
  const timeout = textOption(values, 'timeout-ms');
  const totalTimeoutMs = timeout === undefined ? undefined : Number(timeout);
  if (totalTimeoutMs !== undefined && !(Number.isInteger(totalTimeoutMs) && totalTimeoutMs > 0)) {
    throw new UsageError('--timeout-ms is a whole number of milliseconds');
  }

  return createGateway({
    endpoint: readUrl('endpoint', requiredOption(values, 'endpoint')),
    sender: { id: requiredOption(values, 'sender-id'), ...(password === undefined ? {} : { password }) },
    ...(keyFile === undefined || isUnsigned
      ? { signing: 'off' as const }
      : { key: await readSigningKey(keyFile, values, context) }),
    ...signingSuites(values),
    ...(isUnverified ? { verification: 'off' as const } : { trust: await readTrust(values, context) }),
    ...(ca === undefined ? {} : { ca: new TextDecoder().decode(await context.console.read(ca)) }),
    ...(proxy === undefined ? {} : { proxy: readUrl('proxy', proxy).href }),
    ...(totalTimeoutMs === undefined ? {} : { totalTimeoutMs }),
    allowInsecureHttp: switchOption(values, 'allow-insecure-http'),
  });
}

function readUrl(option: string, text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new UsageError(`--${option} is not a URL`, { cause });
  }
}
