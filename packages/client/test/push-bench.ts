/** What tests of the push receiver share: keys, a receiver on a journal in memory, and what it is sent. */
import {
  type Clock,
  type EnvelopeSigner,
  type EnvelopeVerifier,
  fixedClock,
  type MessageJournal,
  type MessageStateEvent,
  newLocalKey,
} from '@egov-gateway/core';
import { readFault } from '@egov-gateway/envelope';
import { createMemoryJournal } from '@egov-gateway/journal';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { fixture, fixtureText } from '@egov-gateway/testing';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';
import { expect } from 'vitest';

import { createPushReceiver, type PushReceiverOptions } from '../src/receiver/push-receiver.ts';
import type { ServedExchange } from '../src/receiver/served-exchange.ts';
import type { HttpAnswer, SoapEndpoint } from '../src/receiver/soap-endpoint.ts';

export const atMs: number = Date.UTC(2027, 0, 12, 9);
export const guid: RegExp = /^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/;

export async function signerOf(name: string, clock: Clock = fixedClock(atMs)): Promise<EnvelopeSigner> {
  const key = await loadPem({
    privateKey: fixtureText(`keys/${name}.key`),
    certificate: fixtureText(`keys/${name}.crt`),
  });
  return createEnvelopeSigner({ key, clock });
}

export function verifierOf(names: readonly string[], clock: Clock = fixedClock(atMs)): EnvelopeVerifier {
  const trust = pinnedCertificates(names.map((name) => parseCertificate(fixture(`keys/${name}.crt`))));
  return createEnvelopeVerifier({ trust, clock });
}

export const gateway: EnvelopeSigner = await signerOf('gateway');
export const own: EnvelopeSigner = await signerOf('organisation');
const trustsGateway = verifierOf(['gateway']);
export const trustsOwn: EnvelopeVerifier = verifierOf(['organisation']);

/** A receiver and what can be seen of it. */
export interface PushBench {
  readonly receiver: SoapEndpoint;
  readonly journal: MessageJournal;
  readonly exchanges: readonly ServedExchange[];
  readonly states: readonly MessageStateEvent[];
  postBytes(body: Uint8Array): Promise<HttpAnswer>;
  /** Signed, by the gateway unless somebody else is named. */
  post(envelope: Uint8Array, signer?: EnvelopeSigner): Promise<HttpAnswer>;
  /** How many messages wait for their handler. */
  inbox(): Promise<number>;
}

export function bench(options: Partial<PushReceiverOptions> = {}): PushBench {
  const journal = options.journal ?? createMemoryJournal();
  const exchanges: ServedExchange[] = [];
  const states: MessageStateEvent[] = [];
  const receiver = createPushReceiver({
    journal,
    verifier: trustsGateway,
    signer: own,
    clock: fixedClock(atMs),
    unknownStatusWaitMs: 0,
    onExchange: (exchange) => exchanges.push(exchange),
    onStateChange: (event) => states.push(event),
    ...options,
  } as PushReceiverOptions);
  const postBytes = (body: Uint8Array): Promise<HttpAnswer> =>
    receiver.handle({
      method: 'POST',
      target: '/push',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body,
    });
  const post = async (envelope: Uint8Array, signer = gateway): Promise<HttpAnswer> =>
    postBytes(await signer.sign(envelope));
  const inbox = async (): Promise<number> =>
    (await journal.take('inbox', { nowMs: atMs + 1, limit: 100, leaseMs: 1 })).length;
  return { receiver, journal, exchanges, states, postBytes, post, inbox };
}

/** What a fault says that the receiver signed. */
export async function faultOf(
  answer: HttpAnswer,
): Promise<{ readonly code: string; readonly detail: string; readonly namespace: string }> {
  expect(answer.status).toBe(500);
  const { body } = await trustsOwn.verify(answer.body);
  const fault = body.first;
  if (fault === undefined) throw new Error('no fault');
  const { errorInfo } = readFault(fault);
  expect(errorInfo?.sessionId).toMatch(guid);
  expect(errorInfo?.errorData).toBeUndefined();
  let detail = fault.first;
  while (detail !== undefined && detail.localName !== 'detail') detail = detail.next;
  return {
    code: errorInfo?.errorCode ?? '',
    detail: detail?.first?.localName ?? '',
    namespace: detail?.first?.namespace ?? '',
  };
}

/** A message of ours that the gateway has. */
export async function sent(journal: MessageJournal, messageId: string): Promise<string> {
  const localKey = newLocalKey();
  const common = { localKey, serviceId: 'ECHO', channel: 'async', atMs } as const;
  await journal.commit({
    events: [
      { ...common, kind: 'signed', messageType: 'REQUEST', bytes: new Uint8Array([1]) },
      { ...common, kind: 'sending', attempt: 1, untilMs: atMs + 1000 },
      { ...common, kind: 'answered', messageId, correlationId: '3226347', delivery: 'answered' },
    ],
  });
  return localKey;
}
