import { type VerifiedPayload, verifyPayload } from '@egov-gateway/payload';

import type { Command } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { instantHelp, readInstant } from '../instant.ts';
import { switchOption, textOption } from '../option-values.ts';
import { trustOptions } from '../setting-options.ts';
import { reportRefusal, type SignerReport, signerReport, validReport } from '../signature-report.ts';
import { readTrust, trustHelp } from '../trust.ts';
import { UsageError } from '../usage-error.ts';

/** `egw payload verify [FILE|-] --trust CERT… [--expect-iin N] [--expect-bin N] [--any-signer] [--at INSTANT]` */
export const payloadVerify: Command = {
  usage:
    'payload verify [FILE|-] --trust CERT… [--expect-iin N] [--expect-bin N] [--any-signer] [--at ISO_INSTANT] [--signature-in PATH] [--print-content] [--json]',
  summary:
    'Checks the enveloped signatures of a business document: all of them must hold, by signers whom you trust.',
  help: [
    ...trustHelp,
    instantHelp,
    '--signature-in PATH   element whose children the signatures are, /request/businessData; the root by default',
    '--print-content       write exactly what all signers signed to stdout',
    '--json                one JSON object on stdout',
  ],
  options: {
    ...trustOptions,
    at: { type: 'string' },
    'signature-in': { type: 'string' },
    'print-content': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run(values, positionals, context) {
    const [file = '-', ...more] = positionals;
    if (more.length > 0) throw new UsageError('payload verify takes one FILE');
    const asJson = switchOption(values, 'json');
    const printContent = switchOption(values, 'print-content');
    if (printContent && asJson) {
      throw new UsageError('--print-content and --json both write to stdout: choose one');
    }
    const atMs = readInstant(textOption(values, 'at'));
    const signatureIn = textOption(values, 'signature-in');
    const trust = await readTrust(values, context);
    const document = await context.console.read(file);

    let payload: VerifiedPayload;
    try {
      payload = await verifyPayload(document, {
        trust,
        ...(atMs === undefined ? {} : { atMs }),
        ...(signatureIn === undefined ? {} : { signatureIn }),
      });
    } catch (error) {
      return reportRefusal(context.console, error, asJson, { algorithm: null, signer: null, signers: null });
    }

    const { signer, signers } = payload;
    if (asJson) {
      context.console.json({
        ...validReport(signer.algorithm, signer.certificate),
        signers: signers.map(({ algorithm, certificate }): SignerReport & { algorithm: string } => ({
          algorithm,
          ...signerReport(certificate),
        })),
      });
    } else if (printContent) context.console.bytes(new TextEncoder().encode(payload.xml));
    else {
      for (const { algorithm, certificate } of signers) {
        const { subject, serialNumber } = signerReport(certificate);
        context.console.line(
          `valid: ${algorithm} signature of ${subject}, certificate serial ${serialNumber}`,
        );
      }
    }
    return exitCodes.done;
  },
};
