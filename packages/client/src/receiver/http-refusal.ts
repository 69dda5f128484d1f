/**
 * Requests that are refused as HTTP, before there is a SOAP message to answer.
 *
 * @module
 */
import type { BodyRefusal } from './read-body.ts';
import type { HttpAnswer } from './soap-endpoint.ts';

/** Why a request was refused by HTTP status. */
export type HttpRefusal =
  | BodyRefusal
  | 'not-found'
  | 'method'
  | 'content-type'
  | 'content-encoding'
  | 'busy'
  | 'failed';

interface Words {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const refusals: Readonly<Record<HttpRefusal, Words>> = {
  'not-found': { status: 404, text: 'nothing is served at this path' },
  method: {
    status: 405,
    text: 'POST a SOAP envelope here, or GET the interface description with ?wsdl',
    headers: { allow: 'POST, GET, HEAD' },
  },
  'content-type': {
    status: 415,
    text: 'send the envelope as text/xml; charset=utf-8',
    headers: { accept: 'text/xml, application/xml, application/soap+xml' },
  },
  'content-encoding': {
    status: 415,
    text: 'send the envelope uncompressed',
    headers: { 'accept-encoding': 'identity' },
  },
  busy: {
    status: 503,
    text: 'too many requests at a time; send the same message again later',
    headers: { 'retry-after': '5' },
  },
  'no-room': {
    status: 503,
    text: 'too many bytes at a time; send the same message again later',
    headers: { 'retry-after': '5' },
  },
  'too-large': { status: 413, text: 'the request is larger than this receiver takes' },
  'too-slow': { status: 408, text: 'the request did not arrive in time' },
  'hung-up': { status: 400, text: 'the request broke off' },
  'already-read': {
    status: 500,
    text: 'this receiver is mounted behind something that reads the request before it does',
  },
  failed: { status: 500, text: 'the request could not be answered; send the same message again later' },
};

/** The answer of a refusal: plain words, nothing of the request, nothing of this side. @internal */
export function httpRefusal(refusal: HttpRefusal, isRequestUnread: boolean): HttpAnswer {
  const { status, text, headers = {} } = refusals[refusal];
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
    body: new TextEncoder().encode(`${text}\n`),
    isRequestUnread,
  };
}
