/** Whom `egw` trusts: the certificates of `--trust`, leaves as they are, certificate authorities with an expectation. */
import { type Certificate, type SignerReference, type TrustPolicy, VerifyError } from '@egov-gateway/core';
import { certificateChain, isAuthority, parseCertificates, pinnedCertificates } from '@egov-gateway/keys';

import type { CommandContext } from './command.ts';
import { listOption, type OptionValues, switchOption, textOption } from './option-values.ts';
import { UsageError } from './usage-error.ts';

/** Their help. */
export const trustHelp: readonly string[] = [
  '--trust CERT          certificate (PEM or DER) of the signer or of its CA; repeat it for several',
  '--expect-iin N        the signer must be this person',
  '--expect-bin N        the signer must be this organisation',
  '--any-signer          any certificate issued under the trusted CA will do',
];

/**
 * The policy that the options describe.
 *
 * @throws {UsageError} when no certificate is given, or a certificate authority without saying who is expected
 */
export async function readTrust(
  values: OptionValues,
  context: CommandContext,
  defaults: readonly string[] = [],
): Promise<TrustPolicy> {
  const certificates = await readTrusted(values, context, defaults);
  const { iin, bin } = readExpectation(values);
  const anySigner = switchOption(values, 'any-signer');

  const authorities = certificates.filter(isAuthority);
  const leaves = certificates.filter((certificate) => !isAuthority(certificate));
  const policies: TrustPolicy[] = [];
  if (leaves.length > 0) policies.push(identified(pinnedCertificates(leaves), iin, bin));
  if (authorities.length > 0) {
    if (iin === undefined && bin === undefined && !anySigner) {
      throw new UsageError(
        'a CA is trusted to issue, not to sign: add --expect-iin, --expect-bin or --any-signer',
      );
    }
    const expect = bin !== undefined ? { bin } : iin !== undefined ? { iin } : 'any-signer';
    policies.push(identified(certificateChain({ roots: authorities, expect }), iin, bin));
  }
  return firstThatTrusts(policies);
}

/**
 * The certificates of `--trust`.
 *
 * @throws {UsageError} when there is none
 */
export async function readTrusted(
  values: OptionValues,
  context: CommandContext,
  defaults: readonly string[] = [],
): Promise<readonly Certificate[]> {
  const files = listOption(values, 'trust').length > 0 ? listOption(values, 'trust') : defaults;
  if (files.length === 0) throw new UsageError('--trust CERT is missing: whom may the message come from?');
  return (
    await Promise.all(files.map(async (file) => parseCertificates(await context.console.read(file))))
  ).flat();
}

/**
 * Whom `--expect-iin` and `--expect-bin` name.
 *
 * @throws {UsageError} when `--any-signer` says the contrary
 */
export function readExpectation(values: OptionValues): {
  readonly iin: string | undefined;
  readonly bin: string | undefined;
} {
  const iin = textOption(values, 'expect-iin');
  const bin = textOption(values, 'expect-bin');
  if (switchOption(values, 'any-signer') && (iin !== undefined || bin !== undefined)) {
    throw new UsageError('--any-signer contradicts --expect-iin and --expect-bin');
  }
  return { iin, bin };
}

/** Both expectations hold when both are given. */
function identified(policy: TrustPolicy, iin: string | undefined, bin: string | undefined): TrustPolicy {
  return {
    async resolve(reference: SignerReference, atMs: number): Promise<Certificate> {
      const certificate = await policy.resolve(reference, atMs);
      if ((iin !== undefined && certificate.iin !== iin) || (bin !== undefined && certificate.bin !== bin)) {
        throw new VerifyError('the signer is trusted but is not the expected person or organisation', {
          code: 'ERR_VERIFY_SIGNER_IDENTITY',
        });
      }
      return certificate;
    },
  };
}

/** The first policy that resolves the signer; the refusal of the last one otherwise. */
function firstThatTrusts(policies: readonly TrustPolicy[]): TrustPolicy {
  return {
    async resolve(reference: SignerReference, atMs: number): Promise<Certificate> {
      let refusal: unknown;
      for (const policy of policies) {
        try {
          return await policy.resolve(reference, atMs);
        } catch (error) {
          refusal = error;
        }
      }
      throw refusal;
    },
  };
}
