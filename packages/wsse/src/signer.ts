import {
  type Clock,
  type EnvelopeLayout,
  type EnvelopeSigner,
  GatewayError,
  newMessageId,
  type SignatureSuite,
  SignError,
  type SigningKey,
  systemClock,
} from '@egov-gateway/core';
import { signatureSuites } from '@egov-gateway/keys';
import type { XmlLimits } from '@egov-gateway/xml';
import { encodeBase64 } from '@egov-gateway/xml';

import { type KeyInfoStyle, keyInfoWriter } from './key-info-style.ts';
import { idPattern, type PreparedEnvelope, prepareByLayout } from './prepared-envelope.ts';
import { prepareByReading } from './read-envelope.ts';
import { type SecurityHeaderWriter, securityHeaderWriter } from './security-header.ts';

/** Options of {@link createEnvelopeSigner}. */
export interface EnvelopeSignerOptions {
  readonly key: SigningKey;
  /** How the signature names its signer. Default: `key-identifier`, which gateways are known to read. */
  readonly keyInfo?: KeyInfoStyle | undefined;
  /** The suite of the key's algorithm is taken. Default: `signatureSuites` of `@egov-gateway/keys`, RSA and GOST. */
  readonly suites?: readonly SignatureSuite[] | undefined;
  /** The instant the certificate must be valid at. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Makes the unique part of ids, letters, digits and `._-` only. Default: a UUID v4. */
  readonly newId?: (() => string) | undefined;
  /** Limits of the XML reader, for envelopes without a layout. Default: those of `@egov-gateway/xml`. */
  readonly limits?: Partial<XmlLimits> | undefined;
}

function suiteFor(key: SigningKey, suites: readonly SignatureSuite[]): SignatureSuite {
  const suite = suites.find(
    ({ algorithm, verifyOnly }) => algorithm === key.algorithm && verifyOnly !== true,
  );
  if (suite === undefined) {
    throw new SignError(`no suite signs with a key of algorithm ${key.algorithm}: add one to suites`, {
      code: 'ERR_SIGN_ALGORITHM',
    });
  }
  const { publicKey } = key.certificate;
  if (publicKey.algorithm !== key.algorithm || suite.supports?.(publicKey) === false) {
    throw new SignError(
      `the certificate must have a sound ${key.algorithm} key of sufficient length: use another key`,
      { code: 'ERR_SIGN_KEY' },
    );
  }
  return suite;
}

const encoder = new TextEncoder();

class TransportSigner implements EnvelopeSigner {
  readonly #key: SigningKey;
  readonly #suite: SignatureSuite;
  readonly #writer: SecurityHeaderWriter;
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #limits: { readonly limits?: Partial<XmlLimits> };

  constructor(options: EnvelopeSignerOptions) {
    const { key, keyInfo = 'key-identifier', suites = signatureSuites, clock = systemClock } = options;
    const { newId = newMessageId, limits } = options;
    this.#key = key;
    this.#suite = suiteFor(key, suites);
    this.#writer = securityHeaderWriter(this.#suite, keyInfoWriter(keyInfo, key.certificate));
    this.#clock = clock;
    this.#newId = newId;
    this.#limits = limits === undefined ? {} : { limits };
  }

  async sign(envelope: Uint8Array, layout?: EnvelopeLayout): Promise<Uint8Array> {
    if (!(envelope instanceof Uint8Array)) throw new TypeError('envelope must be a Uint8Array');
    this.#assertValid();
    const prepared = this.#prepare(envelope, layout);
    const tokenId = this.#id('X509');
    const signedInfo = this.#writer.signedInfo(prepared.bodyId, encodeBase64(prepared.digest));
    const signature = await this.#sign(encoder.encode(this.#writer.toSign(signedInfo)));
    const { soapPrefix, declareSoapPrefix } = prepared;
    const signatureBase64 = encodeBase64(signature);
    const header = this.#writer.header({
      soapPrefix,
      declareSoapPrefix,
      signedInfo,
      signatureBase64,
      tokenId,
    });
    return inserted(prepared, encoder.encode(header));
  }

  #prepare(envelope: Uint8Array, layout: EnvelopeLayout | undefined): PreparedEnvelope {
    if (layout !== undefined) return prepareByLayout(envelope, layout, this.#suite);
    const newId = (): string => this.#id('id');
    return prepareByReading(envelope, { suite: this.#suite, newId, limits: this.#limits });
  }

  #id(prefix: string): string {
    const id = `${prefix}-${this.#newId()}`;
    if (!idPattern.test(id)) throw new TypeError('newId must make letters, digits and ._- only');
    return id;
  }

  #assertValid(): void {
    const now = this.#clock.now();
    const { notBeforeMs, notAfterMs } = this.#key.certificate;
    // Written so that NaN is refused as well.
    if (!(now >= notBeforeMs)) {
      throw new SignError('the certificate of the key is not valid yet: check the clock', {
        code: 'ERR_SIGN_CERTIFICATE_NOT_YET_VALID',
      });
    }
    if (!(now <= notAfterMs)) {
      throw new SignError('the certificate of the key has expired: renew the key', {
        code: 'ERR_SIGN_CERTIFICATE_EXPIRED',
      });
    }
  }

  async #sign(data: Uint8Array): Promise<Uint8Array> {
    let signature: Uint8Array;
    try {
      signature = await this.#key.sign(data);
    } catch (cause) {
      if (cause instanceof GatewayError) throw cause;
      throw new SignError('the key failed to sign', { code: 'ERR_SIGN_KEY', cause });
    }
    if (!(signature instanceof Uint8Array) || signature.length === 0) {
      throw new SignError('the key made no signature', { code: 'ERR_SIGN_KEY' });
    }
    return signature;
  }
}

/** The signed envelope, in one allocation of its own. */
function inserted({ bytes, headerInsertAt }: PreparedEnvelope, header: Uint8Array): Uint8Array {
  const signed = new Uint8Array(bytes.length + header.length);
  signed.set(bytes.subarray(0, headerInsertAt));
  signed.set(header, headerInsertAt);
  signed.set(bytes.subarray(headerInsertAt), headerInsertAt + header.length);
  return signed;
}

/**
 * A signer of envelopes: the transport signature of the gateway, one reference to the Body and no timestamp.
 *
 * Given a layout of the canonical writer it reads nothing and costs little more than the digest and the key.
 * Without one it reads the envelope, whatever wrote it, and keeps its bytes.
 *
 * @see Rules No 123, п.53-58 and Приложение 6
 * @throws {SignError} `ERR_SIGN_ALGORITHM` when no suite fits the key
 * @throws {SignError} `ERR_SIGN_KEY` when the certificate is not one of such a key, or the key is too short
 * @throws {TypeError} when `keyInfo` is unknown
 *
 * @example
 * ```ts
 * import { loadPkcs12 } from '@egov-gateway/keys';
 * import { createEnvelopeSigner } from '@egov-gateway/wsse';
 *
 * const key = await loadPkcs12('organisation.p12', 'password');
 * const signer = createEnvelopeSigner({ key });
 *
 * export function sign(envelope: Uint8Array): Promise<Uint8Array> {
 *   return signer.sign(envelope);
 * }
 * ```
 */
export function createEnvelopeSigner(options: EnvelopeSignerOptions): EnvelopeSigner {
  return new TransportSigner(options);
}
