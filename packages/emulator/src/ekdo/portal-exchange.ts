/**
 * One request to the portal from its arrival to its answer, misbehaviour included.
 *
 * @module
 */
import { pause } from '../http/transmit.ts';
import { type PortalAnswerBytes, PortalRefusal } from './portal-answer.ts';
import type { PortalDesk, PortalRequestBytes } from './portal-desk.ts';
import type { EkdoPortalExchange, EkdoPortalRefusal } from './portal-document.ts';
import type { EkdoScript } from './portal-menu.ts';
import type { PortalRoute } from './portal-options.ts';
import { answerInstead, spoiled } from './spoil-answer.ts';

/** Told of every exchange when it is over. @internal */
export type ExchangeListener = (exchange: EkdoPortalExchange) => void;

type Remembered = { -readonly [Name in keyof EkdoPortalExchange]?: EkdoPortalExchange[Name] };

const maxRefusals = 1000;

/** @internal */
export class PortalExchanges {
  readonly #desk: PortalDesk;
  readonly #script: EkdoScript;
  readonly #routes: readonly PortalRoute[];
  readonly #onExchange: ExchangeListener | undefined;
  readonly #refusals: EkdoPortalRefusal[] = [];

  constructor(
    desk: PortalDesk,
    script: EkdoScript,
    routes: readonly PortalRoute[],
    onExchange?: ExchangeListener,
  ) {
    this.#desk = desk;
    this.#script = script;
    this.#routes = routes;
    this.#onExchange = onExchange;
  }

  get refusals(): readonly EkdoPortalRefusal[] {
    return [...this.#refusals];
  }

  /** The answer, or `cut`: the connection breaks without one. */
  async answer(request: PortalRequestBytes, stop: AbortSignal): Promise<PortalAnswerBytes | 'cut'> {
    const remembered: Remembered = {};
    const answer = await this.#answer(request, stop, remembered);
    const { step = 'none', documentId, code, misbehaviour } = remembered;
    const httpStatus = answer === 'cut' ? undefined : answer.status;
    const onExchange = this.#onExchange;
    // Later, so that an error in it is the caller's own and not one of the exchange.
    if (onExchange !== undefined)
      queueMicrotask(() => onExchange({ step, documentId, httpStatus, code, misbehaviour }));
    return answer;
  }

  async #answer(
    request: PortalRequestBytes,
    stop: AbortSignal,
    remembered: Remembered,
  ): Promise<PortalAnswerBytes | 'cut'> {
    const path = request.target.split('?', 1)[0] ?? '';
    const found = this.#find(path, request.method);
    if (found instanceof PortalRefusal) return this.#refuse('none', found, remembered);
    const { route, id } = found;
    const misbehaviour = this.#script.take(route.step);
    remembered.step = route.step;
    remembered.misbehaviour = misbehaviour?.name;
    if (id !== '') remembered.documentId = id;
    if (misbehaviour?.name === 'cut-before-reading') return 'cut';
    if (misbehaviour?.name === 'expired-token') this.#desk.expireTokens();
    const instead = misbehaviour && answerInstead(misbehaviour);
    if (instead !== undefined) return instead;

    const earlierId = this.#desk.documents.at(-1)?.id ?? 'EMU-DOC-1';
    let answer: PortalAnswerBytes;
    try {
      answer = await this.#work(route, id, request);
    } catch (error) {
      if (error instanceof PortalRefusal) return this.#refuse(route.step, error, remembered);
      throw error;
    }
    if (route.step === 'document') remembered.documentId = idIn(answer);
    if (misbehaviour === undefined) return answer;
    switch (misbehaviour.name) {
      case 'cut-after-accepting':
        return 'cut';
      case 'never-answer':
        await pause(undefined, stop);
        return 'cut';
      case 'delay':
        await pause(misbehaviour.delayMs, stop);
        return answer;
      default:
        return spoiled(answer, misbehaviour, earlierId);
    }
  }

  async #work({ step }: PortalRoute, id: string, request: PortalRequestBytes): Promise<PortalAnswerBytes> {
    if (step === 'token') return this.#desk.token(request);
    this.#desk.assertToken(request);
    if (step === 'document') return this.#desk.document(request);
    return step === 'signature' ? this.#desk.signature(id, request) : this.#desk.status(id);
  }

  #find(path: string, method: string): { readonly route: PortalRoute; readonly id: string } | PortalRefusal {
    let isKnown = false;
    for (const route of this.#routes) {
      const id = route.idIn(path);
      if (id === undefined) continue;
      if (route.method === method) return { route, id };
      isKnown = true;
    }
    return isKnown
      ? new PortalRefusal('EMU-METHOD', 'this path takes another method')
      : new PortalRefusal('EMU-ROUTE', 'nothing is here; check the routes');
  }

  #refuse(
    step: EkdoPortalRefusal['step'],
    { code, message, httpStatus, answer }: PortalRefusal,
    remembered: Remembered,
  ): PortalAnswerBytes {
    remembered.code = code;
    this.#refusals.push({ step, code, message, httpStatus });
    if (this.#refusals.length > maxRefusals) this.#refusals.shift();
    return answer;
  }
}

function idIn({ body }: PortalAnswerBytes): string {
  return (JSON.parse(new TextDecoder().decode(body)) as { readonly id: string }).id;
}
