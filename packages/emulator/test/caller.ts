/**
 * A small client for the tests of this package: the emulator may not depend on `@egov-gateway/client`.
 *
 * @module
 */
import { type ClientRequest, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';

import {
  type Clock,
  GatewayFault,
  newMessageId,
  type SigningKey,
  systemClock,
  type Transport,
  type TransportResponse,
} from '@egov-gateway/core';
import {
  readSyncResponse,
  type SyncRequest,
  type SyncResponse,
  writeSyncRequest,
} from '@egov-gateway/envelope';
import {
  acceptUnverified,
  createEnvelopeSigner,
  createEnvelopeVerifier,
  type KeyInfoStyle,
} from '@egov-gateway/wsse';

import type { Emulator } from '../src/index.ts';
import { echo } from './echo-service.ts';

export interface EnvelopeOptions {
  readonly text?: string;
  readonly serviceId?: string;
  readonly senderId?: string;
  readonly password?: string | undefined;
  readonly messageId?: string;
  readonly key?: SigningKey;
  readonly keyInfo?: KeyInfoStyle;
  readonly clock?: Clock;
  readonly isSigned?: boolean;
  /** Changes the unsigned envelope as text, before it is signed. */
  readonly edit?: (xml: string) => string;
  readonly request?: Partial<SyncRequest['info']>;
}

/** A signed request to the echo service. */
export async function requestEnvelope(
  emulator: Emulator,
  options: EnvelopeOptions = {},
): Promise<Uint8Array> {
  const { testSystem } = emulator;
  const { senderId = testSystem.senderId, key = testSystem.signingKey, clock = systemClock } = options;
  const password = 'password' in options ? options.password : testSystem.password;
  const { serviceId = echo.id, messageId = newMessageId(), text = 'сәлем' } = options;
  const written = writeSyncRequest(
    {
      info: {
        messageId,
        serviceId,
        messageDateMs: clock.now(),
        sender: { senderId, password },
        ...options.request,
      },
      data: { codec: echo.request, value: text },
    },
    { isPasswordRequired: false },
  );
  const bytes = options.edit
    ? Buffer.from(options.edit(Buffer.from(written.bytes).toString()))
    : written.bytes;
  if (options.isSigned === false) return bytes;
  const signer = createEnvelopeSigner({ key, clock, keyInfo: options.keyInfo ?? 'key-identifier' });
  return options.edit ? signer.sign(bytes) : signer.sign(bytes, written.layout);
}

export const soapHeaders = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' } as const;

/** Sends bytes and hands back the raw answer. */
export function post(
  transport: Transport,
  url: URL,
  body: Uint8Array,
  options: { readonly signal?: AbortSignal; readonly headers?: Record<string, string> } = {},
): Promise<TransportResponse> {
  const { signal = new AbortController().signal, headers = soapHeaders } = options;
  return transport.exchange({ url, headers, body, signal });
}

/** Verifies and reads an answer. */
export async function readAnswer(
  emulator: Emulator,
  answer: TransportResponse,
  clock: Clock = systemClock,
): Promise<SyncResponse> {
  const verifier = createEnvelopeVerifier({ trust: emulator.trust, clock });
  return readSyncResponse(await verifier.verify(answer.body));
}

/** Reads an answer of an endpoint without signatures. */
export function readUnsigned(answer: TransportResponse): SyncResponse {
  return readSyncResponse(acceptUnverified(answer.body));
}

/** The code of a fault, signed or not; `null` when the answer is none. */
export function faultCodeOf(answer: TransportResponse): string | null {
  return faultOf(answer)?.errorInfo?.errorCode ?? null;
}

/** The fault of an answer; `undefined` when it is none. */
export function faultOf(answer: TransportResponse): GatewayFault | undefined {
  try {
    readUnsigned(answer);
    return undefined;
  } catch (error) {
    if (error instanceof GatewayFault) return error;
    throw error;
  }
}

/** HTTP without any niceties: what the socket says is what comes out. */
export function httpTransport(agentOptions: { readonly agent?: import('node:http').Agent } = {}): Transport {
  return {
    exchange: ({ url, headers, body, signal }) =>
      new Promise((resolve, reject) => {
        const request: ClientRequest = httpRequest(
          url,
          { method: 'POST', headers: { ...headers, 'content-length': body.length }, signal, ...agentOptions },
          (response) => {
            const chunks: Uint8Array[] = [];
            response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
              const whole = Buffer.concat(chunks);
              const isGzip = response.headers['content-encoding'] === 'gzip';
              resolve({
                status: response.statusCode ?? 0,
                headers: plainHeaders(response.headers),
                body: isGzip ? gunzipSync(whole) : whole,
              });
            });
          },
        );
        request.on('error', reject);
        request.end(body);
      }),
  };
}

function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
