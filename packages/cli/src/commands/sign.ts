import { createEnvelopeSigner, type KeyInfoStyle } from '@egov-gateway/wsse';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { requiredOption, textOption } from '../option-values.ts';
import { signingKeyOptions } from '../setting-options.ts';
import { readSigningKey, signingKeyHelp, signingSuites } from '../signing-key.ts';
import { UsageError } from '../usage-error.ts';

const styles: readonly KeyInfoStyle[] = [
  'key-identifier',
  'binary-security-token',
  'x509-data',
  'issuer-serial',
];

/** `egw sign [FILE|-] --key FILE --password-file F [--key-info STYLE] [--out FILE]` */
export const sign: Command = {
  usage: 'sign [FILE|-] --key FILE --password-file F [--key-info STYLE] [--out FILE]',
  summary:
    'Puts the transport signature of the gateway on a SOAP envelope. Signs the Body, changes nothing else. The key decides\n' +
    'about the algorithm: RSA or GOST.',
  help: [
    ...signingKeyHelp,
    `--key-info STYLE      how the signer is named: ${styles.join(' | ')}`,
    '--out FILE            where the signed envelope goes; stdout by default',
    '--json                say what went wrong as one JSON object on stdout',
  ],
  options: {
    ...signingKeyOptions,
    'key-info': { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, positionals, context) {
    const [file = '-', ...more] = positionals;
    if (more.length > 0) throw new UsageError('sign takes one FILE');
    const style = textOption(values, 'key-info') ?? 'key-identifier';
    const keyInfo = styles.find((known) => known === style);
    if (keyInfo === undefined) throw new UsageError(`--key-info is one of ${styles.join(', ')}`);

    const key = await readSigningKey(requiredOption(values, 'key'), values, context);
    const envelope = await context.console.read(file);
    const signed = await createEnvelopeSigner({ key, keyInfo, ...signingSuites(values) }).sign(envelope);
    await context.console.write(textOption(values, 'out'), signed);
    return exitCodes.done;
  },
};
