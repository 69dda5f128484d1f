import { fixedClock, systemClock, type VerifiedBody, VerifyError } from '@egov-gateway/core';
import { createEnvelopeVerifier } from '@egov-gateway/wsse';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { instantHelp, readInstant } from '../instant.ts';
import { switchOption, textOption } from '../option-values.ts';
import { trustOptions } from '../setting-options.ts';
import { reportRefusal, signerReport, validReport } from '../signature-report.ts';
import { readTrust, trustHelp } from '../trust.ts';
import { UsageError } from '../usage-error.ts';

/** `egw verify [FILE|-] --trust CERT… [--expect-iin N] [--expect-bin N] [--any-signer] [--at ISO_INSTANT]` */
export const verify: Command = {
  usage:
    'verify [FILE|-] --trust CERT… [--expect-iin N] [--expect-bin N] [--any-signer] [--at ISO_INSTANT] [--print-body] [--json]',
  summary: 'Checks the transport signature: who signed, and that the Body is exactly what was signed.',
  help: [
    ...trustHelp,
    instantHelp,
    '--print-body          write exactly the verified canonical Body to stdout',
    '--json                one JSON object on stdout',
  ],
  options: {
    ...trustOptions,
    at: { type: 'string' },
    'print-body': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run(values, positionals, context) {
    const [file = '-', ...more] = positionals;
    if (more.length > 0) throw new UsageError('verify takes one FILE');
    const printBody = switchOption(values, 'print-body');
    const asJson = switchOption(values, 'json');
    if (printBody && asJson) throw new UsageError('--print-body and --json both write to stdout: choose one');

    const atMs = readInstant(textOption(values, 'at'));
    const clock = atMs === undefined ? systemClock : fixedClock(atMs);
    const verifier = createEnvelopeVerifier({ trust: await readTrust(values, context), clock });
    const envelope = await context.console.read(file);

    let verified: VerifiedBody;
    try {
      const body = await verifier.verify(envelope);
      if (!body.verified) {
        throw new VerifyError('the message is an unsigned fault: nobody vouches for it', {
          code: 'ERR_VERIFY_UNSIGNED',
        });
      }
      verified = body;
    } catch (error) {
      return reportRefusal(context.console, error, asJson, { algorithm: null, signer: null });
    }

    const { algorithm, certificate } = verified.signer;
    const report = validReport(algorithm, certificate);
    if (asJson) context.console.json(report);
    else if (printBody) context.console.bytes(verified.canonical());
    else {
      const { subject, serialNumber } = signerReport(certificate);
      context.console.line(`valid: ${algorithm} signature of ${subject}, certificate serial ${serialNumber}`);
    }
    return exitCodes.done;
  },
};
