/**
 * What an HTTP answer says before anybody reads it.
 *
 * @module
 */
import {
  type Delivery,
  type PortalAnswer,
  PortalError,
  SendError,
  type TransportResponse,
} from '@egov-gateway/core';

import type { PortalReply } from './portal-codec.ts';

/** The steps of the exchange. `token` is asked for by every other one. */
export type EkdoStep = 'token' | 'document' | 'signature' | 'status';

/** What an answer is judged for. @internal */
export interface ReplyContext {
  readonly step: EkdoStep;
  /** The id of the document, when it is known. */
  readonly id: string | undefined;
  readonly maxAnswerBytes: number;
  /** What must not stand in an error, even if the portal repeats it. */
  readonly secrets: readonly string[];
}

const keptBytes = 64 * 1024;
/** A proxy that answers so has not passed the request on, whatever page it shows. */
const refusedAtTheDoor: ReadonlySet<number> = new Set([401, 407, 413, 429]);

/**
 * Lets through an answer of success that is no page.
 *
 * @throws {PortalError} `ERR_PORTAL_HTML`, `ERR_PORTAL_CREDENTIALS`, `ERR_PORTAL_LIMIT`, `ERR_PORTAL_REFUSED`,
 *   `ERR_PORTAL_REDIRECT`, `ERR_PORTAL_UNAVAILABLE`
 * @throws {SendError} `ERR_SEND_RESPONSE_TOO_LARGE`
 * @internal
 */
export function checkReply(response: TransportResponse, context: ReplyContext): PortalReply {
  const { status, headers, body } = response;
  if (body.byteLength > context.maxAnswerBytes) {
    throw new SendError(
      `the answer is larger than maxAnswerBytes, ${context.maxAnswerBytes}; is this the address of the API?`,
      {
        code: 'ERR_SEND_RESPONSE_TOO_LARGE',
        delivery: deliveryOf(context.step, 'unknown'),
        messageId: context.id,
        httpStatus: status,
      },
    );
  }
  const fail = (code: PortalError['code'], delivery: Delivery, message: string): PortalError =>
    portalError(message, { code, delivery, response, context });

  if (status < 500 && !refusedAtTheDoor.has(status) && isHtml(response)) {
    return raise(
      fail(
        'ERR_PORTAL_HTML',
        'unknown',
        `the answer is a page for people, HTTP status ${status}: of a proxy, of a login, or the portal is down; look at the page, check baseUrl and routes`,
      ),
    );
  }
  if (status >= 200 && status < 300) return { status, headers, bytes: body };
  if (status >= 300 && status < 400) {
    return raise(
      fail(
        'ERR_PORTAL_REDIRECT',
        'unknown',
        `the answer leads to another address, HTTP status ${status}; redirects are not followed: give the final address as baseUrl`,
      ),
    );
  }
  if (status === 401 || status === 403 || (context.step === 'token' && status === 400)) {
    return raise(fail('ERR_PORTAL_CREDENTIALS', 'answered', credentialWords(context.step, status)));
  }
  if (status === 429) {
    return raise(
      fail(
        'ERR_PORTAL_LIMIT',
        'answered',
        'the portal takes no more requests for now, HTTP status 429; wait, see retry-after in the headers of the answer',
      ),
    );
  }
  if (status >= 400 && status < 500) {
    return raise(
      fail(
        'ERR_PORTAL_REFUSED',
        'answered',
        `the portal refuses the ${context.step}, HTTP status ${status}; its reasons are in the answer of this error`,
      ),
    );
  }
  return raise(
    fail(
      'ERR_PORTAL_UNAVAILABLE',
      'unknown',
      `the portal cannot answer, HTTP status ${status}; find out what became of it before it is sent again`,
    ),
  );
}

/**
 * What a codec threw, with the answer it was about.
 *
 * @internal
 */
export function codecError(error: unknown, response: TransportResponse, context: ReplyContext): PortalError {
  if (error instanceof PortalError) {
    const { code, message } = error;
    return portalError(message, { code, delivery: 'unknown', response, context });
  }
  return portalError('the codec failed with an error of its own while it read the answer', {
    code: 'ERR_PORTAL_ANSWER',
    delivery: 'unknown',
    response,
    context,
    cause: plainCause(error),
  });
}

/** The name of a foreign error: its words may repeat what was sent or what came. @internal */
export function plainCause(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const words = [error.name, code].filter((word) => /^[A-Za-z_][A-Za-z0-9_]{0,60}$/.test(word));
  return new Error(words.join(' ') || 'an error without a name');
}

/** What an outcome of a step means for what was to be sent: without a token, nothing of it left. */
export function deliveryOf(step: EkdoStep, delivery: Delivery): Delivery {
  return step === 'token' ? 'not-sent' : delivery;
}

function portalError(
  message: string,
  from: {
    readonly code: PortalError['code'];
    readonly delivery: Delivery;
    readonly response: TransportResponse;
    readonly context: ReplyContext;
    readonly cause?: unknown;
  },
): PortalError {
  const { code, delivery, response, context, cause } = from;
  return new PortalError(message, {
    code,
    delivery: deliveryOf(context.step, delivery),
    messageId: context.id,
    cause,
    answer: answerOf(response, context),
  });
}

/** Of the answer to a token request hardly anything is kept: what was not understood may be the token. */
function answerOf(
  { status, headers, body }: TransportResponse,
  { step, secrets }: ReplyContext,
): PortalAnswer {
  const kept = Object.entries(headers).filter(([name]) =>
    step === 'token' ? name === 'content-type' || name === 'retry-after' : name !== 'set-cookie',
  );
  const text = step === 'token' ? '' : new TextDecoder().decode(body.subarray(0, keptBytes));
  return {
    status,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, without(secrets, value)])),
    text: without(secrets, text),
  };
}

function without(secrets: readonly string[], text: string): string {
  return (
    secrets
      .filter((secret) => secret.length >= 4)
      // As it is, and as it stands in JSON.
      .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
      .reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
  );
}

function isHtml({ headers, body }: TransportResponse): boolean {
  const type = headers['content-type']?.toLowerCase() ?? '';
  if (/^\s*(?:text\/html|application\/xhtml)/.test(type)) return true;
  const head = new TextDecoder().decode(body.subarray(0, 512));
  return /^\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(head);
}

function credentialWords(step: EkdoStep, status: number): string {
  if (status === 403)
    return `the portal does not let this account do that (${step}), HTTP status 403; ask its support`;
  return step === 'token'
    ? `the portal gives no token, HTTP status ${status}; check login, password and user identifier`
    : 'the portal refuses a token that it has just given, HTTP status 401; check the codec that carries it, then ask the support';
}

function raise(error: PortalError): never {
  throw error;
}
