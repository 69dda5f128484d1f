/**
 * What a portal may do wrong. None of it was seen of the real one; all of it happens to HTTP somewhere.
 *
 * @module
 */
import type { EkdoStep } from '@egov-gateway/ekdo';

/** When a misbehaviour happens: instead of the work, or in the answer after it was done. */
export type EkdoMisbehaviourStage = 'instead' | 'after-accepting';

/** One line of the menu. */
export interface EkdoMisbehaviourDescription {
  readonly stage: EkdoMisbehaviourStage;
  /** What a client sees. */
  readonly effect: string;
}

/** Name of a misbehaviour of the portal. */
export type EkdoMisbehaviourName =
  | 'html-page'
  | 'html-after-accepting'
  | 'server-error'
  | 'bad-gateway-after-accepting'
  | 'cut-before-reading'
  | 'cut-after-accepting'
  | 'never-answer'
  | 'delay'
  | 'expired-token'
  | 'unauthorized'
  | 'forbidden'
  | 'bad-request'
  | 'too-many-requests'
  | 'redirect'
  | 'duplicate-id'
  | 'missing-id'
  | 'long-id'
  | 'path-id'
  | 'duplicate-keys'
  | 'garbage-json'
  | 'wrong-content-type'
  | 'oversized-answer';

/** Every misbehaviour of the portal. */
export const ekdoMisbehaviours: Readonly<Record<EkdoMisbehaviourName, EkdoMisbehaviourDescription>> = {
  'html-page': { stage: 'instead', effect: 'status 200 with a page for people' },
  'html-after-accepting': { stage: 'after-accepting', effect: 'the same, although it was done' },
  'server-error': { stage: 'instead', effect: 'status 500' },
  'bad-gateway-after-accepting': { stage: 'after-accepting', effect: 'status 502, although it was done' },
  'cut-before-reading': { stage: 'instead', effect: 'the connection is cut' },
  'cut-after-accepting': { stage: 'after-accepting', effect: 'the connection is cut, although it was done' },
  'never-answer': { stage: 'after-accepting', effect: 'done, and nothing comes back' },
  delay: { stage: 'after-accepting', effect: 'the answer comes delayMs later' },
  'expired-token': { stage: 'instead', effect: 'status 401, and no token is worth anything any more' },
  unauthorized: { stage: 'instead', effect: 'status 401 whatever the token; with times: Infinity for ever' },
  forbidden: { stage: 'instead', effect: 'status 403' },
  'bad-request': { stage: 'instead', effect: 'status 400' },
  'too-many-requests': { stage: 'instead', effect: 'status 429 with retry-after' },
  redirect: { stage: 'instead', effect: 'status 302 to a login' },
  'duplicate-id': { stage: 'after-accepting', effect: 'the id of an earlier document' },
  'missing-id': { stage: 'after-accepting', effect: 'JSON without an id or anything else' },
  'long-id': { stage: 'after-accepting', effect: 'an id of 5000 characters' },
  'path-id': { stage: 'after-accepting', effect: 'an id that leads to another path' },
  'duplicate-keys': { stage: 'after-accepting', effect: 'JSON that has every name twice' },
  'garbage-json': { stage: 'after-accepting', effect: 'JSON that breaks off' },
  'wrong-content-type': { stage: 'after-accepting', effect: 'the right JSON, labelled text/plain' },
  'oversized-answer': { stage: 'after-accepting', effect: 'JSON with answerBytes of blanks behind it' },
};

/** How often and where. */
export interface EkdoMisbehaviourOptions {
  /** How many requests it happens to. Default: 1. `Infinity`: all, until `behave()`. */
  readonly times?: number | undefined;
  /** The step it happens to. Default: `document`. */
  readonly step?: EkdoStep | undefined;
  /** Of `delay`, milliseconds. Default: 1000. */
  readonly delayMs?: number | undefined;
  /** Of `oversized-answer`. Default: 2 MiB. */
  readonly answerBytes?: number | undefined;
}

/** A misbehaviour with its settings filled in. @internal */
export interface EkdoMisbehaviour {
  readonly name: EkdoMisbehaviourName;
  readonly step: EkdoStep;
  readonly delayMs: number;
  readonly answerBytes: number;
}

const steps: ReadonlySet<string> = new Set(['token', 'document', 'signature', 'status'] satisfies EkdoStep[]);

const settingsOf: Readonly<Partial<Record<EkdoMisbehaviourName, readonly string[]>>> = {
  delay: ['delayMs'],
  'oversized-answer': ['answerBytes'],
};

/** What is still to go wrong. @internal */
export class EkdoScript {
  readonly #lines: { readonly misbehaviour: EkdoMisbehaviour; left: number }[] = [];

  /** @throws {TypeError} when the name or an option does not fit */
  add(name: EkdoMisbehaviourName, options: EkdoMisbehaviourOptions): void {
    if (!Object.hasOwn(ekdoMisbehaviours, name)) throw new TypeError('no such misbehaviour; see the menu');
    const allowed = ['times', 'step', ...(settingsOf[name] ?? [])];
    const unknown = Object.keys(options).filter((option) => !allowed.includes(option));
    if (unknown.length > 0) throw new TypeError(`${name} has no option ${unknown.join(', ')}`);
    const { times = 1, step = 'document', delayMs = 1000, answerBytes = 2 * 1024 * 1024 } = options;
    if (!steps.has(step)) throw new TypeError('step must be token, document, signature or status');
    if (times !== Number.POSITIVE_INFINITY) assertPositive('times', times);
    assertPositive('delayMs', delayMs);
    assertPositive('answerBytes', answerBytes);
    this.#lines.push({ misbehaviour: { name, step, delayMs, answerBytes }, left: times });
  }

  clear(): void {
    this.#lines.length = 0;
  }

  get left(): number {
    return this.#lines.reduce((sum, { left }) => sum + left, 0);
  }

  /** The first line that is meant for this step, used up by once. */
  take(step: EkdoStep): EkdoMisbehaviour | undefined {
    const index = this.#lines.findIndex(({ misbehaviour }) => misbehaviour.step === step);
    const line = this.#lines[index];
    if (line === undefined) return undefined;
    line.left -= 1;
    if (line.left === 0) this.#lines.splice(index, 1);
    return line.misbehaviour;
  }
}

function assertPositive(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0 && value <= 0x7fff_ffff) return;
  throw new TypeError(`${name} must be a positive integer`);
}
