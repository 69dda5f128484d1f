import { type DataCodec, ParseError, type XmlElement } from '@egov-gateway/core';
import { definePayload, type Payload, xml } from '@egov-gateway/payload';
import * as z from 'zod';

import { type ConsentToken, consentToken, tokenFault, withoutWhiteSpace } from '../token/consent-token.ts';
import { isQualified } from './consent-request.ts';
import { consentClause, consentElements, consentNamespace } from './contract.ts';

/** What became of a request for consent. */
export type ConsentOutcome =
  /** Token and key are there, and the status does not speak against it. */
  | 'granted'
  /** The status is one of `refusedStatuses`. */
  | 'refused'
  /** The status is one of `pendingStatuses`: the person has not decided yet. */
  | 'pending'
  /** The status is none of these, and token or key is missing. */
  | 'no-token'
  /** Token and key are there, and the status is none of the `successStatuses` that were given. */
  | 'unrecognised';

/** An answer of КДП. `util.inspect` and `JSON.stringify` show only the outcome. */
export interface ConsentAnswer {
  readonly outcome: ConsentOutcome;
  /** As the service wrote it, white space around it aside; empty when there is none. Its values are not published. */
  readonly status: string;
  /** There when, and only when, the outcome is `granted`. */
  readonly token: ConsentToken | undefined;
}

/**
 * What the status inside an answer means. None of its values is known publicly; until the owner of the service has told
 * you, an answer with token and key is a consent, and one without is none.
 */
export interface ConsentStatuses {
  /** Values that mean consent; any other one then is `unrecognised`. Default: every value, as long as the token is there. */
  readonly successStatuses?: readonly string[] | undefined;
  /** Values that mean that the person refuses. Compared with the status of the message as well. Default: none is known. */
  readonly refusedStatuses?: readonly string[] | undefined;
  /** Values that mean that the person has not decided yet. Compared as above. Default: none is known. */
  readonly pendingStatuses?: readonly string[] | undefined;
}

interface Wire {
  readonly status?: string | undefined;
  readonly code?: string | undefined;
  readonly 'public-key'?: string | undefined;
}

/** The codec of an answer. Reading takes the fields in the namespace of КДП and in none; an absent `data` has no token. */
export function consentAnswer(
  statuses: ConsentStatuses,
  fields: 'qualified' | 'unqualified',
): DataCodec<ConsentAnswer> {
  const schema = z.object({
    status: xml(z.string(), { whitespace: 'collapse' }).optional(),
    code: z.string().optional(),
    'public-key': z.string().optional(),
  });
  const plain = definePayload({ schema, clause: consentClause });
  const qualified = definePayload({ schema, clause: consentClause, elements: consentElements });
  const written: Payload<Wire> = fields === 'qualified' ? qualified : plain;
  return {
    validate: (answer) => written.validate(toWire(answer)),
    write: (answer, writer) => written.write(toWire(answer), writer),
    read(data) {
      const isOwn = isQualified(data);
      if (isOwn) refuseUnqualified(data);
      return judged((isOwn ? qualified : plain).read(data), statuses);
    },
    readAbsent: () => judged({}, statuses),
  };
}

/** What a status says by itself, that of the data or that of the message. */
export function outcomeOfStatus(
  status: string,
  statuses: ConsentStatuses,
): 'refused' | 'pending' | undefined {
  const { refusedStatuses = [], pendingStatuses = [] } = statuses;
  if (refusedStatuses.includes(status)) return 'refused';
  return pendingStatuses.includes(status) ? 'pending' : undefined;
}

function toWire({ status, token }: ConsentAnswer): Wire {
  if (token === undefined) return { status };
  return { status, code: token.token, 'public-key': token.publicKey };
}

function judged(wire: Wire, statuses: ConsentStatuses): ConsentAnswer {
  const { status = '', code = '', 'public-key': publicKey = '' } = wire;
  refuseFault('code', code);
  refuseFault('public-key', publicKey);
  const outcome = outcomeOf({ status, code, publicKey }, statuses);
  return new ReceivedAnswer(
    outcome,
    status,
    outcome === 'granted' ? consentToken({ token: code, publicKey }) : undefined,
  );
}

/** A field of each namespace: one of them could say the contrary of what is read. @throws {ParseError} */
function refuseUnqualified(data: XmlElement): void {
  for (let child = data.first; child !== undefined; child = child.next) {
    const { localName, namespace } = child;
    if (namespace !== '' || !['status', 'code', 'public-key'].includes(localName)) continue;
    throw new ParseError(`expected all fields in ${consentNamespace} or all in none, found both`, {
      code: 'ERR_PARSE_UNEXPECTED_ELEMENT',
      path: `/data/${localName}`,
    });
  }
}

/** @throws {ParseError} */
function refuseFault(name: string, text: string): void {
  const fault = tokenFault(text);
  if (fault === undefined) return;
  const { rule, message } = fault;
  throw new ParseError(`${message} (rule ${rule})`, { code: 'ERR_PARSE_VALUE', path: `/data/${name}` });
}

function outcomeOf(
  answer: { readonly status: string; readonly code: string; readonly publicKey: string },
  statuses: ConsentStatuses,
): ConsentOutcome {
  const { status, code, publicKey } = answer;
  const told = outcomeOfStatus(status, statuses);
  if (told !== undefined) return told;
  if (withoutWhiteSpace(code) === '' || withoutWhiteSpace(publicKey) === '') return 'no-token';
  return statuses.successStatuses?.includes(status) === false ? 'unrecognised' : 'granted';
}

/** Getters of a class are neither printed nor enumerated nor written as JSON. */
class ReceivedAnswer implements ConsentAnswer {
  readonly outcome: ConsentOutcome;
  readonly #status: string;
  readonly #token: ConsentToken | undefined;

  constructor(outcome: ConsentOutcome, status: string, token: ConsentToken | undefined) {
    this.outcome = outcome;
    this.#status = status;
    this.#token = token;
    Object.freeze(this);
  }

  get status(): string {
    return this.#status;
  }

  get token(): ConsentToken | undefined {
    return this.#token;
  }
}
