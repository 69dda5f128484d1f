import { type Certificate, KeyError } from '@egov-gateway/core';
import { certificateRoles, describeCertificate, parseCertificate } from '@egov-gateway/keys';

import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { type OptionValues, switchOption, textOption } from '../option-values.ts';
import { readPassword } from '../password.ts';
import { openSigningKey } from '../signing-key.ts';
import { UsageError } from '../usage-error.ts';

/** `egw key inspect FILE [--password-file F] [--certificate FILE] [--alias NAME] [--purpose P] [--json]` */
export const keyInspect: Command = {
  usage: 'key inspect FILE [--password-file F] [--certificate FILE] [--alias NAME] [--purpose P] [--json]',
  summary: 'Shows whose key it is, what it may be used for and how long. The private key is never printed.',
  help: [
    '--password-file F     file that holds the password of the container (or variable EGW_KEY_PASSWORD)',
    '--certificate FILE    certificate of a PEM key: says whether the key belongs to it',
    '--alias NAME          which of several keys: its name in the container',
    '--purpose sign|auth   which of several keys: what it is for',
    '--json                one JSON object on stdout',
  ],
  options: {
    'password-file': { type: 'string' },
    certificate: { type: 'string' },
    alias: { type: 'string' },
    purpose: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, positionals, context) {
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('key inspect takes one FILE');
    const certificate = await readCertificate(file, values, context);
    const description = describeCertificate(certificate);

    if (switchOption(values, 'json')) context.console.json(description);
    else {
      const rows = Object.entries({ ...description, ...certificateRoles(certificate) }).map(
        ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '—')],
      );
      const width = Math.max(...rows.map(([name]) => String(name).length));
      for (const [name, value] of rows) context.console.line(`${String(name).padEnd(width)}  ${value}`);
    }
    return exitCodes.done;
  },
};

/** A certificate needs nothing else; whatever is none is a key. */
async function readCertificate(
  file: string,
  values: OptionValues,
  context: CommandContext,
): Promise<Certificate> {
  const bytes = await context.console.read(file);
  const password = await readPassword(values, 'password-file', 'EGW_KEY_PASSWORD', context);
  const isKey = textOption(values, 'certificate') !== undefined || textOption(values, 'alias') !== undefined;
  if (!isKey) {
    try {
      return parseCertificate(bytes);
    } catch (error) {
      if (!(error instanceof KeyError)) throw error;
      if (password === undefined) {
        throw new UsageError(
          'this is not one certificate; a key container needs --password-file F, a PEM key --certificate FILE',
          { cause: error },
        );
      }
    }
  }
  return (await openSigningKey(bytes, values, context)).certificate;
}
