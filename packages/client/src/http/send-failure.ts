/**
 * What an error of the network says about a message: why it failed, and whether it may have been delivered.
 *
 * @module
 */
import { SendError, type SendErrorCode } from '@egov-gateway/core';

import { plainCode, safeCause } from '../safe-cause.ts';

/** What is known of an exchange when it fails. */
export interface ExchangeProgress {
  /** Whether undici had begun to write the request to a connection. */
  readonly started: boolean;
  /** Whether the dispatcher is one of ours. What a foreign one did before it failed is not known for certain. */
  readonly ownDispatcher: boolean;
}

interface Failure {
  readonly code: SendErrorCode;
  readonly message: string;
}

/**
 * The error to throw for `foreign`, of which only its codes are kept: misuse of HTTP (an impossible header) is a `TypeError`, everything else a
 * {@link SendError} whose delivery is `not-sent` only when it is certain that no byte left.
 *
 * @internal
 */
export function toSendError(foreign: unknown, progress: ExchangeProgress): SendError | TypeError {
  if (foreign instanceof SendError) return foreign;
  const systemCode = plainCode(foreign);
  const cause = safeCause(foreign);
  if (systemCode === 'UND_ERR_INVALID_ARG' && !progress.started) {
    return new TypeError('undici refuses the request; look at its headers', { cause });
  }
  const failure = progress.started ? afterStart(systemCode) : beforeStart(systemCode);
  const certain = !progress.started && (progress.ownDispatcher || neverConnected.has(systemCode));
  const detail = systemCode === '' ? '' : ` (${systemCode})`;
  return new SendError(`${failure.message}${detail}`, {
    code: failure.code,
    delivery: certain ? 'not-sent' : 'unknown',
    cause,
  });
}

const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|SELF_SIGNED|DEPTH_ZERO|INVALID_(CA|PURPOSE)$|PATH_LENGTH|HOSTNAME_MISMATCH|EPROTO$|UND_ERR_PRX_TLS$)/;

const tlsFailure: Failure = {
  code: 'ERR_SEND_TLS',
  message: 'no trusted TLS connection; check ca, serverName and clientCertificate',
};

const closedFailure: Failure = {
  code: 'ERR_SEND_CLOSED',
  message: 'the transport is closed; create another one',
};

/** System codes that occur only while a connection is being made. */
const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CLOSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_DESTROYED',
]);

function beforeStart(systemCode: string): Failure {
  switch (systemCode) {
    case 'UND_ERR_CLOSED':
    case 'UND_ERR_DESTROYED':
      return closedFailure;
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    // An own proxy that does not answer CONNECT: the request itself was never written.
    case 'UND_ERR_HEADERS_TIMEOUT':
      return { code: 'ERR_SEND_CONNECT_TIMEOUT', message: 'no connection within connectTimeoutMs' };
    case 'UND_ERR_ABORTED':
      return {
        code: 'ERR_SEND_CONNECT',
        message: 'the proxy refused the tunnel; check its credentials and rules',
      };
    default:
      return tlsCode.test(systemCode)
        ? tlsFailure
        : {
            code: 'ERR_SEND_CONNECT',
            message: 'no connection to the endpoint; check its address, VPN and proxy',
          };
  }
}

function afterStart(systemCode: string): Failure {
  switch (systemCode) {
    case 'UND_ERR_CLOSED':
    case 'UND_ERR_DESTROYED':
      return closedFailure;
    case 'UND_ERR_HEADERS_TIMEOUT':
      return { code: 'ERR_SEND_HEADERS_TIMEOUT', message: 'no answer began within headersTimeoutMs' };
    case 'UND_ERR_BODY_TIMEOUT':
      return { code: 'ERR_SEND_BODY_TIMEOUT', message: 'the answer fell silent for bodyTimeoutMs' };
    case 'UND_ERR_HEADERS_OVERFLOW':
      return { code: 'ERR_SEND_RESPONSE_TOO_LARGE', message: 'the headers of the answer are too large' };
    case 'UND_ERR_INVALID_ARG':
      // How undici reports a 407 for a request that was handed to the proxy whole.
      return { code: 'ERR_SEND_HTTP_STATUS', message: 'the proxy asks for credentials (407)' };
    default:
      // With TLS 1.3 a server refuses a client certificate only after the handshake has ended on this side.
      return tlsCode.test(systemCode)
        ? tlsFailure
        : { code: 'ERR_SEND_NETWORK', message: 'the connection broke before the whole answer was read' };
  }
}
