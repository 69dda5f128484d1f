import { createHash } from 'node:crypto';

import { fixedClock, GatewayError, type TrustPolicy } from '@egov-gateway/core';
import {
  certificateChain,
  parseCertificate,
  pinnedCertificates,
  rsaSha1Suite,
  rsaSuite,
} from '@egov-gateway/keys';
import { fixture, type WsseCase, wsseCases } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { createEnvelopeVerifier } from './verifier.ts';

const cases = wsseCases();
const suites = { rsa: rsaSuite, 'rsa-sha1': rsaSha1Suite };

function policy({ trust }: WsseCase): TrustPolicy {
  const certificates = (files: readonly string[]) =>
    files.map((file) => parseCertificate(fixture(`keys/${file}`)));
  if ('roots' in trust) return certificateChain({ roots: certificates(trust.roots), expect: trust.expect });
  const { allowUnnamedSigner = false } = trust;
  return pinnedCertificates(certificates(trust.pinned), { allowUnnamedSigner });
}

/** What the verifier says: `ok` with the digest of the Body, `unverified`, or a code. */
async function verdict(one: WsseCase): Promise<{ verdict: string; bodySha256?: string }> {
  const verifier = createEnvelopeVerifier({
    trust: policy(one),
    clock: fixedClock(Date.parse(one.at)),
    suites: (one.suites ?? ['rsa']).map((name) => suites[name]),
    acceptUnqualifiedId: one.acceptUnqualifiedId ?? false,
  });
  try {
    const body = await verifier.verify(one.message);
    if (!body.verified) return { verdict: 'unverified' };
    return { verdict: 'ok', bodySha256: createHash('sha256').update(body.canonical()).digest('hex') };
  } catch (error) {
    if (error instanceof GatewayError) return { verdict: error.code };
    throw error;
  }
}

describe('createEnvelopeVerifier', () => {
  test.each(cases)('$name: $expect', async (one) => {
    const expected = one.bodySha256 === undefined ? {} : { bodySha256: one.bodySha256 };

    expect(await verdict(one)).toEqual({ verdict: one.expect, ...expected });
  });

  test('refuses more cases of the corpus than it accepts', () => {
    const accepted = cases.filter((one) => !one.expect.startsWith('ERR_'));
    expect(accepted.length).toBeGreaterThanOrEqual(35);
    expect(cases.length - accepted.length).toBeGreaterThan(accepted.length * 4);
  });
});
