/** How `egw` reaches a gateway: the options of every command that calls one. */
import { createGateway, type Gateway, type GatewayTrust } from '@egov-gateway/client/preset';
import type { Journal } from '@egov-gateway/core';

import type { CommandContext, CommandOptions } from './command.ts';
import { type OptionValues, requiredOption, switchOption, textOption, wholeOption } from './option-values.ts';
import { readPassword } from './password.ts';
import { configOption, reachOptions } from './setting-options.ts';
import { withSettings } from './settings.ts';
import { readSigningKey, signingKeyHelp, signingSuites } from './signing-key.ts';
import { readTrust, trustHelp } from './trust.ts';
import { UsageError } from './usage-error.ts';

/** The options. */
export const connectionOptions: CommandOptions = {
  endpoint: { type: 'string' },
  ...reachOptions,
  ...configOption,
};

/** Help of the options of both channels. */
export const reachHelp: readonly string[] = [
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

/** Their help. */
export const connectionHelp: readonly string[] = [
  '--endpoint URL        address of the synchronous channel',
  ...reachHelp,
];

/** Opens the connection that the options, the environment and the configuration file describe. */
export async function openGateway(
  given: OptionValues,
  context: CommandContext,
  recording: { readonly journal?: Journal } = {},
): Promise<Gateway> {
  const values = await withSettings(given, context);
  return createGateway({
    ...(await readReach(values, context)),
    ...recording,
    endpoint: readUrl('endpoint', requiredOption(values, 'endpoint')),
  });
}

/** What the preset of either channel takes, but for the address. */
export interface Reach extends Pick<GatewayTrust, 'key' | 'signing' | 'suites' | 'trust' | 'verification'> {
  readonly sender: { readonly id: string; readonly password?: string };
  readonly ca?: string;
  readonly proxy?: string;
  readonly totalTimeoutMs?: number;
  readonly allowInsecureHttp: boolean;
}

/** Reads key, trust and connection from options that were filled by {@link withSettings}. */
export async function readReach(values: OptionValues, context: CommandContext): Promise<Reach> {
  const keyFile = textOption(values, 'key');
  const isUnsigned = switchOption(values, 'no-signing');
  const isUnverified = switchOption(values, 'no-verification');
  if (keyFile === undefined && !isUnsigned) {
    throw new UsageError('--key FILE is missing (or --no-signing for an endpoint without WS-Security)');
  }
  const password = await readPassword(values, 'sender-password-file', 'EGW_SENDER_PASSWORD', context);
  const ca = textOption(values, 'ca');
  const proxy = textOption(values, 'proxy');
  const totalTimeoutMs = wholeOption(values, 'timeout-ms');
  return {
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
  };
}

/** The address that an option names. @throws {UsageError} when it is none */
export function readUrl(option: string, text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new UsageError(`--${option} is not a URL`, { cause });
  }
}
