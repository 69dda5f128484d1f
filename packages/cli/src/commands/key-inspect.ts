import { type Certificate, KeyError } from '@egov-gateway/core';
import { describeCertificate, loadPkcs12, parseCertificate } from '@egov-gateway/keys';

import { type Command, switchOption, UsageError } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { readPassword } from '../password.ts';

/** `egw key inspect FILE --password-file F [--json]` */
export const keyInspect: Command = {
  usage: 'key inspect FILE [--password-file F] [--json]',
  summary: 'Shows whose key it is, what it may be used for and how long. The private key is never printed.',
  help: [
    '--password-file F     file that holds the password of the container (or variable EGW_KEY_PASSWORD)',
    '--json                one JSON object on stdout',
  ],
  options: { 'password-file': { type: 'string' }, json: { type: 'boolean' } },
  async run(values, positionals, context) {
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('key inspect takes one FILE');
    const bytes = await context.console.read(file);
    const password = await readPassword(values, 'password-file', 'EGW_KEY_PASSWORD', context);
    const description = describeCertificate(await readCertificate(bytes, password));

    if (switchOption(values, 'json')) context.console.json(description);
    else {
      const rows = Object.entries(description).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? '—'),
      ]);
      const width = Math.max(...rows.map(([name]) => String(name).length));
      for (const [name, value] of rows) context.console.line(`${String(name).padEnd(width)}  ${value}`);
    }
    return exitCodes.done;
  },
};

async function readCertificate(bytes: Uint8Array, password: string | undefined): Promise<Certificate> {
  if (password !== undefined) return (await loadPkcs12(bytes, password)).certificate;
  try {
    return parseCertificate(bytes);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new UsageError('this is not a certificate; a key container needs --password-file F', {
      cause: error,
    });
  }
}
