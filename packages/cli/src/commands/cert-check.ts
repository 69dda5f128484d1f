import {
  type CheckedCertificate,
  checkCertificate,
  describeCertificate,
  type ExpectedSigner,
  type KeyPurpose,
  parseCertificate,
} from '@egov-gateway/keys';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { instantHelp, readInstant } from '../instant.ts';
import { type OptionValues, switchOption, textOption } from '../option-values.ts';
import { trustOptions } from '../setting-options.ts';
import { reportRefusal } from '../signature-report.ts';
import { readPurpose } from '../signing-key.ts';
import { readExpectation, readTrusted, trustHelp } from '../trust.ts';
import { UsageError } from '../usage-error.ts';

/** `egw cert check CERT --trust CERT… [--expect-iin N] [--expect-bin N] [--purpose sign|auth] [--at INSTANT]` */
export const certCheck: Command = {
  usage:
    'cert check CERT --trust CERT… [--expect-iin N] [--expect-bin N] [--purpose sign|auth] [--at ISO_INSTANT] [--json]',
  summary:
    'Says whether a certificate leads to one that you trust, is valid, and is whose you expect. Of a holder or of an\n' +
    'authority, RSA or GOST. Revocation is not looked up.',
  help: [
    ...trustHelp,
    '--purpose sign|auth   it must be for this',
    instantHelp,
    '--json                one JSON object on stdout',
  ],
  options: {
    ...trustOptions,
    purpose: { type: 'string' },
    at: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, positionals, context) {
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('cert check takes one CERT');
    const asJson = switchOption(values, 'json');
    const atMs = readInstant(textOption(values, 'at')) ?? Date.now();
    const purpose = readPurpose(values);
    const expect = expectation(values);
    const trusted = await readTrusted(values, context);
    const certificate = parseCertificate(await context.console.read(file));
    const description = describeCertificate(certificate);

    let checked: CheckedCertificate;
    try {
      checked = await checkCertificate(certificate, {
        trusted,
        atMs,
        expect,
        ...(purpose === undefined ? {} : { purpose: purpose satisfies KeyPurpose }),
      });
    } catch (error) {
      return reportRefusal(context.console, error, asJson, { certificate: description, path: null });
    }

    const path = checked.path.map(describeCertificate);
    if (asJson) {
      context.console.json({
        valid: true,
        code: null,
        message: null,
        certificate: description,
        path: path.map(({ subject, thumbprintSha256 }) => ({ subject, thumbprintSha256 })),
      });
    } else {
      context.console.line(`valid: ${description.algorithm ?? 'unknown key'}, until ${description.notAfter}`);
      for (const { subject, thumbprintSha256 } of path)
        context.console.line(`  ${thumbprintSha256}  ${subject}`);
    }
    return exitCodes.done;
  },
};

function expectation(values: OptionValues): ExpectedSigner {
  const { iin, bin } = readExpectation(values);
  if (bin !== undefined) return { bin, iin };
  return iin === undefined ? 'any-signer' : { iin };
}
