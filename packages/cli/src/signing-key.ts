/** The key that `egw` signs with: a PKCS#12 container, or a PEM key with its certificate. */
import type { SignatureSuite, SigningKey } from '@egov-gateway/core';
import { createGostSuite } from '@egov-gateway/gost';
import { type KeyPurpose, loadPem, loadPkcs12, signatureSuites } from '@egov-gateway/keys';

import type { CommandContext } from './command.ts';
import { type OptionValues, switchOption, textOption } from './option-values.ts';
import { readPassword, requirePassword } from './password.ts';
import { UsageError } from './usage-error.ts';

/** Their help. */
export const signingKeyHelp: readonly string[] = [
  '--key FILE            PKCS#12 container (.p12), or a PEM key together with --certificate',
  '--password-file F     file that holds its password (or variable EGW_KEY_PASSWORD)',
  '--certificate FILE    certificate of a PEM key',
  '--alias NAME          which of several keys: its name in the container',
  '--purpose sign|auth   which of several keys: what it is for',
  '--allow-unproven-signing  sign with a gost2015-256 key, which nobody has seen accepted',
];

/** Loads the key from `file`. */
export async function readSigningKey(
  file: string,
  values: OptionValues,
  context: CommandContext,
): Promise<SigningKey> {
  return openSigningKey(await context.console.read(file), values, context);
}

/** The key in these octets. */
export async function openSigningKey(
  bytes: Uint8Array,
  values: OptionValues,
  context: CommandContext,
): Promise<SigningKey> {
  const allowUnprovenSigning = switchOption(values, 'allow-unproven-signing');
  const certificate = textOption(values, 'certificate');
  if (certificate === undefined) {
    const secret = await requirePassword(values, 'password-file', 'EGW_KEY_PASSWORD', context);
    const alias = textOption(values, 'alias');
    const purpose = readPurpose(values);
    return loadPkcs12(bytes, secret, { alias, purpose, allowUnprovenSigning });
  }
  const password = await readPassword(values, 'password-file', 'EGW_KEY_PASSWORD', context);
  return loadPem({
    privateKey: bytes,
    certificate: await context.console.read(certificate),
    allowUnprovenSigning,
    ...(password === undefined ? {} : { password }),
  });
}

/**
 * The purpose that `--purpose` names.
 *
 * @throws {UsageError} when there is no such purpose
 */
export function readPurpose(values: OptionValues): KeyPurpose | undefined {
  const purpose = textOption(values, 'purpose');
  if (purpose === undefined || purpose === 'sign' || purpose === 'auth') return purpose;
  throw new UsageError('--purpose is sign or auth');
}

/** The option `suites` of signers: all that are safe, and what `--allow-unproven-signing` adds. */
export function signingSuites(values: OptionValues): { readonly suites?: readonly SignatureSuite[] } {
  if (!switchOption(values, 'allow-unproven-signing')) return {};
  const unproven = createGostSuite({ algorithm: 'gost2015-256', allowUnprovenSigning: true });
  return {
    suites: [...signatureSuites.filter(({ algorithm }) => algorithm !== unproven.algorithm), unproven],
  };
}
