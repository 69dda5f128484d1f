/** Where signatures come from: a file beside the document, or a program. */
import { existsSync } from 'node:fs';

import type { DetachedSignature, SignatureKind } from '@egov-gateway/ekdo';
import { signerCertificate } from '@egov-gateway/ekdo';

import type { CommandContext } from '../command.ts';
import { listOption, type OptionValues, textOption, wholeOption } from '../option-values.ts';
import { UsageError } from '../usage-error.ts';
import { runSignCommand } from './sign-command.ts';

/** What the names of signature files end in. */
const endings = ['.sig', '.p7s'] as const;

/** Makes or finds the signature of one document. */
export interface SignatureSource {
  /** `undefined` when everything is there; else what is missing. */
  problemOf(path: string): 'no-signature' | 'two-signatures' | undefined;
  /** Whether the signature is there already, so that a dry run can check it. */
  readonly isBeside: boolean;
  sign(path: string, document: Uint8Array, kind: SignatureKind): Promise<DetachedSignature>;
}

/** Options of it. */
export const signatureHelp: readonly string[] = [
  '--signature-kind KIND pep (ПЭП), unep (УНЭП) or ukep (УКЭП), for documents of which neither table nor portal file says it',
  '--sign-command FILE   program that signs: the document on its stdin, a detached CMS on its stdout; no shell is involved.',
  '                      Without it, signatures lie beside the documents: NAME.pdf.sig or NAME.pdf.p7s, DER, PEM or Base64',
  '--sign-argument=ARG   an argument of that program; repeat it for several',
  '--sign-timeout-ms N   time for one signature; 120000 by default',
  '--signer-certificate F  certificate of the signer, where the signatures hold none (DER or PEM)',
];

/** The source that the options describe. */
export async function readSignatureSource(
  values: OptionValues,
  context: CommandContext,
): Promise<SignatureSource> {
  const program = textOption(values, 'sign-command');
  const args = listOption(values, 'sign-argument');
  if (program === '') throw new UsageError('--sign-command is the path of a program');
  if (program === undefined && args.length > 0) {
    throw new UsageError('--sign-argument goes with --sign-command');
  }
  const certificateFile = textOption(values, 'signer-certificate');
  const certificate = certificateFile === undefined ? undefined : await context.console.read(certificateFile);
  const timeoutMs = wholeOption(values, 'sign-timeout-ms') ?? 120_000;
  const { environment, signal } = context;

  const signed = (bytes: Uint8Array, kind: SignatureKind): DetachedSignature => {
    const cms = cmsOf(bytes);
    // What is no CMS is found by the check of the signature, in words.
    return { cms, kind, certificate: certificate ?? signerCertificate(cms) ?? new Uint8Array() };
  };
  if (program !== undefined) {
    return {
      isBeside: false,
      problemOf: () => undefined,
      sign: async (_path, document, kind) =>
        signed(await runSignCommand(document, { program, args, timeoutMs, environment, signal }), kind),
    };
  }
  return {
    isBeside: true,
    problemOf(path) {
      const count = filesBeside(path).length;
      if (count === 1) return undefined;
      return count === 0 ? 'no-signature' : 'two-signatures';
    },
    async sign(path, _document, kind) {
      const [file = ''] = filesBeside(path);
      return signed(await context.console.read(file), kind);
    },
  };
}

function filesBeside(path: string): readonly string[] {
  return endings.map((ending) => `${path}${ending}`).filter((file) => existsSync(file));
}

/** Programs write DER, PEM or bare Base64 into files of these names. */
function cmsOf(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x30) return bytes;
  const text = new TextDecoder('latin1').decode(bytes);
  const inner = /-----BEGIN (?:PKCS7|CMS)-----([^-]+)-----END (?:PKCS7|CMS)-----/.exec(text)?.[1] ?? text;
  const packed = inner.replaceAll(/\s+/g, '');
  const isBase64 = packed !== '' && packed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(packed);
  return isBase64 ? Buffer.from(packed, 'base64') : bytes;
}
