import { signPayload } from '@egov-gateway/payload';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { requiredOption, textOption } from '../option-values.ts';
import { signingKeyOptions } from '../setting-options.ts';
import { readSigningKey, signingKeyHelp, signingSuites } from '../signing-key.ts';
import { UsageError } from '../usage-error.ts';

const canonicalizations = ['inclusive', 'exclusive'] as const;

/** `egw payload sign [FILE|-] --key FILE --password-file F [--canonicalization C] [--out FILE]` */
export const payloadSign: Command = {
  usage:
    'payload sign [FILE|-] --key FILE --password-file F [--canonicalization inclusive|exclusive] [--out FILE]',
  summary:
    'Puts an enveloped signature on a business document (XML), as the software of НУЦ РК does. A document that others\n' +
    'have signed gets one more signature, which covers theirs.',
  help: [
    ...signingKeyHelp,
    '--canonicalization C  inclusive, which known systems expect (default), or exclusive',
    '--out FILE            where the signed document goes; stdout by default',
    '--json                say what went wrong as one JSON object on stdout',
  ],
  options: {
    ...signingKeyOptions,
    canonicalization: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, positionals, context) {
    const [file = '-', ...more] = positionals;
    if (more.length > 0) throw new UsageError('payload sign takes one FILE');
    const name = textOption(values, 'canonicalization') ?? 'inclusive';
    const canonicalization = canonicalizations.find((known) => known === name);
    if (canonicalization === undefined) {
      throw new UsageError(`--canonicalization is one of ${canonicalizations.join(', ')}`);
    }
    const key = await readSigningKey(requiredOption(values, 'key'), values, context);
    const document = await context.console.read(file);
    const signed = await signPayload(document, key, { canonicalization, ...signingSuites(values) });
    await context.console.write(textOption(values, 'out'), signed);
    return exitCodes.done;
  },
};
