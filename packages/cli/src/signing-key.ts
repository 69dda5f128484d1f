/** The key that `egw` signs with: a PKCS#12 container, or a PEM key with its certificate. */
import type { SigningKey } from '@egov-gateway/core';
import { loadPem, loadPkcs12 } from '@egov-gateway/keys';

import { type CommandContext, type CommandOptions, type OptionValues, textOption } from './command.ts';
import { readPassword, requirePassword } from './password.ts';

/** The options that describe the key. */
export const signingKeyOptions: CommandOptions = {
  key: { type: 'string' },
  'password-file': { type: 'string' },
  certificate: { type: 'string' },
};

/** Their help. */
export const signingKeyHelp: readonly string[] = [
  '--key FILE            PKCS#12 container (.p12), or a PEM key together with --certificate',
  '--password-file F     file that holds its password (or variable EGW_KEY_PASSWORD)',
  '--certificate FILE    certificate of a PEM key',
];

/** Loads the key from `file`. */
export async function readSigningKey(
  file: string,
  values: OptionValues,
  context: CommandContext,
): Promise<SigningKey> {
  const bytes = await context.console.read(file);
  const certificate = textOption(values, 'certificate');
  if (certificate === undefined) {
    return loadPkcs12(bytes, await requirePassword(values, 'password-file', 'EGW_KEY_PASSWORD', context));
  }
  const password = await readPassword(values, 'password-file', 'EGW_KEY_PASSWORD', context);
  return loadPem({
    privateKey: bytes,
    certificate: await context.console.read(certificate),
    ...(password === undefined ? {} : { password }),
  });
}
