/**
 * Certificates and keys of the HTTPS connection, checked once, before the first connection.
 *
 * @module
 */
import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';

import { KeyError } from '@egov-gateway/core';

/** PEM text, or its bytes. */
export type Pem = string | Uint8Array;

/** Who this system is to the HTTPS server (mutual TLS). Not the key that signs messages. */
export type ClientCertificate =
  | {
      /** PEM: the certificate, and below it the intermediate ones that the server needs. */
      readonly certificate: Pem;
      /** PEM, PKCS#8 or PKCS#1. */
      readonly privateKey: Pem;
      /** Password of an encrypted private key. */
      readonly passphrase?: string | undefined;
    }
  | {
      /** A PKCS#12 container with modern encryption; containers with RC2-40 have to be converted first. */
      readonly pfx: Uint8Array;
      readonly passphrase?: string | undefined;
    };

/** What is known of both ends of an HTTPS connection. */
export interface TlsMaterial {
  readonly ca?: Pem | readonly Pem[] | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
}

/**
 * The TLS context of all connections to one side.
 *
 * @throws {KeyError} `ERR_KEY_CERTIFICATE` when `ca` holds no certificate, or a damaged one; `ERR_KEY_PASSWORD`, `ERR_KEY_MISMATCH`,
 *   `ERR_KEY_UNSUPPORTED` or `ERR_KEY_FORMAT` when the client certificate cannot be used
 * @internal
 */
export function createTlsContext(material: TlsMaterial): SecureContext {
  const ca = material.ca === undefined ? undefined : [material.ca].flat().flatMap(authorities);
  if (ca?.length === 0) throw new KeyError('ca is an empty list', { code: 'ERR_KEY_CERTIFICATE' });
  try {
    return createSecureContext({ ...(ca && { ca }), ...identity(material.clientCertificate) });
  } catch (cause) {
    throw unusableIdentity(cause);
  }
}

/**
 * Every certificate of one bundle, written anew as PEM. OpenSSL skips what it cannot read here, DER among it, and trust
 * would silently shrink to nothing.
 */
function authorities(material: Pem): readonly string[] {
  if (typeof material !== 'string' && material[0] === DER_SEQUENCE) return [authority(Buffer.from(material))];
  const bundle = text(material);
  const blocks = bundle.match(certificateBlock) ?? [];
  // A marker that belongs to no block: a cut certificate, or something else, such as a private key.
  if (blocks.length === 0 || bundle.replace(certificateBlock, '').includes('-----')) throw damaged();
  return blocks.map(authority);
}

const DER_SEQUENCE = 0x30;
const certificateBlock = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----/g;

function authority(block: string | Buffer): string {
  try {
    const certificate = new X509Certificate(block);
    if (typeof block === 'string' || certificate.raw.byteLength === block.byteLength)
      return certificate.toString();
  } catch (cause) {
    throw damaged(cause);
  }
  throw damaged();
}

function damaged(cause?: unknown): KeyError {
  return new KeyError(
    'ca must hold certificates and nothing else, in PEM or as one in DER, each of them sound',
    {
      code: 'ERR_KEY_CERTIFICATE',
      cause,
    },
  );
}

function identity(certificate: ClientCertificate | undefined): Parameters<typeof createSecureContext>[0] {
  if (certificate === undefined) return {};
  const { passphrase } = certificate;
  const password = passphrase === undefined ? {} : { passphrase };
  if ('pfx' in certificate) return { pfx: Buffer.from(certificate.pfx), ...password };
  return { cert: text(certificate.certificate), key: text(certificate.privateKey), ...password };
}

function text(pem: Pem): string {
  return typeof pem === 'string' ? pem : Buffer.from(pem).toString('latin1');
}

function unusableIdentity(cause: unknown): KeyError {
  const { code = '', message = '' } = cause as { code?: string; message?: string };
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH') {
    return new KeyError('the private key of the client certificate belongs to another certificate', {
      code: 'ERR_KEY_MISMATCH',
      cause,
    });
  }
  if (/BAD_DECRYPT|PASSPHRASE/.test(code) || /mac verify|password/i.test(message)) {
    return new KeyError('the passphrase does not open the client certificate', {
      code: 'ERR_KEY_PASSWORD',
      cause,
    });
  }
  if (code === 'ERR_CRYPTO_UNSUPPORTED_OPERATION') {
    return new KeyError('this PKCS#12 encryption is not supported for TLS; export the container again', {
      code: 'ERR_KEY_UNSUPPORTED',
      cause,
    });
  }
  return new KeyError('the client certificate is neither a PKCS#12 container nor a PEM pair', {
    code: 'ERR_KEY_FORMAT',
    cause,
  });
}
