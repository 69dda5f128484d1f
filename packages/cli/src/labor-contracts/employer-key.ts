import type { SigningKey } from '@egov-gateway/core';

import type { CommandContext } from '../command.ts';
import { type OptionValues, textOption } from '../option-values.ts';
import { openSigningKey } from '../signing-key.ts';

/** The key of the employer that the options name, or `undefined`. Its password is never that of the transport key. */
export async function readEmployerKey(
  values: OptionValues,
  context: CommandContext,
): Promise<SigningKey | undefined> {
  const path = textOption(values, 'employer-key');
  if (path === undefined) return undefined;
  const { EGW_EMPLOYER_PASSWORD: password, ...rest } = context.environment;
  return openSigningKey(
    await context.console.read(path),
    {
      'password-file': values['employer-password-file'],
      certificate: values['employer-certificate'],
      'allow-unproven-signing': values['allow-unproven-signing'],
      purpose: textOption(values, 'employer-certificate') === undefined ? 'sign' : undefined,
    },
    { ...context, environment: { ...rest, EGW_KEY_PASSWORD: password } },
  );
}
