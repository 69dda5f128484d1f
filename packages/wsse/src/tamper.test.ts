import { createHash } from 'node:crypto';

import { fixedClock } from '@egov-gateway/core';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { codeOf, fixture, fixtureText, wsseCases } from '@egov-gateway/testing';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createEnvelopeSigner } from './signer.ts';
import { createEnvelopeVerifier } from './verifier.ts';

const clock = fixedClock(Date.parse('2026-01-01T00:00:00Z'));
const trust = pinnedCertificates([parseCertificate(fixture('keys/organisation.crt'))], {
  allowUnnamedSigner: true,
});
const verifier = createEnvelopeVerifier({ trust, clock });
const key = await loadPem({
  privateKey: fixtureText('keys/organisation.key'),
  certificate: fixtureText('keys/organisation.crt'),
});
const message = fixture('wsse/issuer-serial/message.xml');
const text = Buffer.from(message).toString('latin1');

/** `null` when the bytes are accepted as signed. */
async function refusal(bytes: Uint8Array): Promise<string | null> {
  let isVerified = false;
  const code = await codeOf(async () => {
    isVerified = (await verifier.verify(bytes)).verified;
  });
  return isVerified ? null : (code ?? 'unverified');
}

async function canonical(bytes: Uint8Array): Promise<Uint8Array> {
  const body = await verifier.verify(bytes);
  return body.verified ? body.canonical() : new Uint8Array(0);
}

function range(from: string, to: string): readonly number[] {
  const start = text.indexOf(from);
  const end = text.indexOf(to) + to.length;
  return Array.from({ length: end - start }, (_none, index) => start + index);
}

function flipped(bytes: Uint8Array, at: number, bits: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ bits;
  return changed;
}

describe('a signed message', () => {
  test.each([
    ['Body', range('<soap:Body', '</soap:Body>')],
    ['SignedInfo', range('<ds:SignedInfo', '</ds:SignedInfo>')],
    ['SignatureValue', range('<ds:SignatureValue', '</ds:SignatureValue>')],
  ])(
    'is refused when any one bit of a byte of its %s is flipped',
    { timeout: 120_000 },
    async (_name, offsets) => {
      const accepted: string[] = [];
      for (const at of offsets) {
        // One bit a byte, another one for its neighbour: all eight are met all over the element.
        const bits = 1 << (at % 8);
        if ((await refusal(flipped(message, at, bits))) === null) accepted.push(`${at} ^ ${bits}`);
      }
      expect(accepted).toEqual([]);
    },
  );

  test('has the same canonical Body whenever it is accepted: a byte exchanged, removed or added', async () => {
    const original = createHash('sha256')
      .update(await canonical(message))
      .digest('hex');
    const at = fc.constantFrom(...range('<soap:Body', '</soap:Body>'));
    const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(...Buffer.from(' \n\r\t<>/&"=')));
    await fc.assert(
      fc.asyncProperty(at, byte, fc.constantFrom(0, 1), async (offset, put, removed) => {
        const tail = message.subarray(offset + removed);
        for (const changed of [
          Buffer.concat([message.subarray(0, offset), tail]),
          Buffer.concat([message.subarray(0, offset), Buffer.of(put), tail]),
        ]) {
          if ((await refusal(changed)) !== null) continue;
          // White space inside a tag is no content: it may come and go.
          const octets = await canonical(changed);
          expect(createHash('sha256').update(octets).digest('hex')).toBe(original);
        }
      }),
      { numRuns: 300, examples: [[text.indexOf(' wsu:Id', text.indexOf('<soap:Body')), 0x0a, 1]] },
    );
  });

  test('is refused when it is cut off anywhere', { timeout: 120_000 }, async () => {
    const accepted: number[] = [];
    for (let length = 0; length < message.length; length++) {
      if ((await refusal(message.subarray(0, length))) === null) accepted.push(length);
    }
    expect(accepted).toEqual([]);
  });

  test('is refused when its Body is that of another message', async () => {
    const digits = fc.stringMatching(/^[0-9]{9}$/);
    await fc.assert(
      fc.asyncProperty(digits, async (number) => {
        fc.pre(number !== '000000001');
        const exchanged = Buffer.from(message).toString().replace('000000001', number);
        expect(await refusal(Buffer.from(exchanged))).toBe('ERR_VERIFY_DIGEST');
      }),
    );
  });
});

describe('sign, then verify', () => {
  // Characters of XML 1.0, with those that canonicalisation writes in another way.
  const character = fc.oneof(
    fc.constantFrom('&', '<', '>', '"', "'", '\t', '\n', '\r', ' ', ']]>', 'ә', 'Қ', '𐐷', '\u0085', '\u2028'),
    fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom(...'abcXYZ019.,;-_') }),
  );
  const content = fc.array(character, { maxLength: 12 }).map((parts) => parts.join(''));
  const escaped = (value: string): string =>
    value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&#62;')
      .replaceAll('"', '&quot;')
      .replaceAll('\r', '&#13;');

  test('any content comes back as it was', async () => {
    const style = fc.constantFrom(
      'key-identifier',
      'binary-security-token',
      'x509-data',
      'issuer-serial' as const,
    );
    await fc.assert(
      fc.asyncProperty(content, content, style, async (leaf, attribute, keyInfo) => {
        const envelope = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><a b="${escaped(attribute)}">${escaped(leaf)}</a></e:Body></e:Envelope>`;
        const signed = await createEnvelopeSigner({ key, clock, keyInfo }).sign(Buffer.from(envelope));
        const body = await verifier.verify(signed);
        expect(body.verified).toBe(true);
        expect(body.body.first?.text()).toBe(leaf);
        // White space in an attribute is normalised when it is read, if it was not a reference.
        expect(body.body.first?.attribute('b')).toBe(attribute.replace(/[\t\n]/g, ' '));
      }),
    );
  });
});

describe('the corpus', () => {
  test.each(wsseCases().filter(({ expect: code }) => code === 'ok'))(
    '$name is refused for want of trust in its signer',
    async ({ message: bytes, suites, acceptUnqualifiedId = false }) => {
      const { rsaSha1Suite, rsaSuite } = await import('@egov-gateway/keys');
      const other = createEnvelopeVerifier({
        trust: pinnedCertificates([parseCertificate(fixture('keys/gateway.crt'))], {
          allowUnnamedSigner: true,
        }),
        clock,
        suites: suites === undefined ? [rsaSuite] : [rsaSuite, rsaSha1Suite],
        acceptUnqualifiedId,
      });
      expect(await codeOf(() => other.verify(bytes))).toMatch(
        /^ERR_VERIFY_(SIGNER_UNKNOWN|SIGNER_UNTRUSTED|SIGNATURE)$/,
      );
    },
  );
});
