import {
  type Clock,
  fixedClock,
  ParseError,
  systemClock,
  type VerifiedBody,
  VerifyError,
  XmlError,
} from '@egov-gateway/core';
import { describeCertificate } from '@egov-gateway/keys';
import { createEnvelopeVerifier } from '@egov-gateway/wsse';

import { type Command, switchOption, textOption, UsageError } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { readTrust, trustHelp, trustOptions } from '../trust.ts';

/** What `egw verify --json` prints. */
export interface VerifyReport {
  readonly valid: boolean;
  readonly code: string | null;
  readonly message: string | null;
  readonly algorithm: string | null;
  readonly signer: {
    readonly subject: string;
    readonly iin: string | null;
    readonly bin: string | null;
    readonly serialNumber: string;
    readonly thumbprintSha256: string;
  } | null;
}

/** `egw verify [FILE|-] --trust CERT… [--expect-iin N] [--expect-bin N] [--any-signer] [--at ISO_INSTANT]` */
export const verify: Command = {
  usage:
    'verify [FILE|-] --trust CERT… [--expect-iin N] [--expect-bin N] [--any-signer] [--at ISO_INSTANT] [--print-body] [--json]',
  summary: 'Checks the transport signature: who signed, and that the Body is exactly what was signed.',
  help: [
    ...trustHelp,
    '--at ISO_INSTANT      judge certificates at this instant, for example 2026-01-31T09:00:00+05:00; now by default',
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

    const clock = readInstant(textOption(values, 'at'));
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
      if (!(error instanceof VerifyError || error instanceof XmlError || error instanceof ParseError))
        throw error;
      const { code, message } = error;
      if (asJson) context.console.json({ valid: false, code, message, algorithm: null, signer: null });
      else context.console.note(`invalid: ${code}: ${message}`);
      return exitCodes.negative;
    }

    const { algorithm, certificate } = verified.signer;
    const { subject, iin, bin, serialNumber, thumbprintSha256 } = describeCertificate(certificate);
    const report: VerifyReport = {
      valid: true,
      code: null,
      message: null,
      algorithm,
      signer: { subject, iin, bin, serialNumber, thumbprintSha256 },
    };
    if (asJson) context.console.json(report);
    else if (printBody) context.console.bytes(verified.canonical());
    else
      context.console.line(`valid: ${algorithm} signature of ${subject}, certificate serial ${serialNumber}`);
    return exitCodes.done;
  },
};

function readInstant(text: string | undefined): Clock {
  if (text === undefined) return systemClock;
  const isIso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const atMs = isIso ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs)) {
    throw new UsageError('--at is an instant with an offset, for example 2026-01-31T09:00:00+05:00');
  }
  return fixedClock(atMs);
}
