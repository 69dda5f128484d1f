import { tlsCertificatePem, tlsKeyPem } from '../test-party/tls-pem.ts';
import type { ListenOptions } from './listen.ts';
import type { ServerTls } from './open-server.ts';

/**
 * Key and certificate of a server: those given, or the built-in ones.
 *
 * @throws {TypeError} when one of the two is missing
 * @internal
 */
export function serverTls(tls: ListenOptions['tls']): ServerTls | undefined {
  if (tls === undefined) return undefined;
  const { key, certificate, clientCa } = tls === true ? {} : tls;
  if ((key === undefined) !== (certificate === undefined)) {
    throw new TypeError('tls needs key and certificate together, or neither');
  }
  return {
    key: key ?? tlsKeyPem,
    cert: certificate ?? tlsCertificatePem,
    ...(clientCa === undefined ? {} : { ca: clientCa }),
  };
}
