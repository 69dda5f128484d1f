import { type Exchange, loggedExchange } from './exchange.ts';

/** How much the log keeps. */
export interface ExchangeLogLimits {
  /** Exchanges. Default: 1000. */
  readonly maxExchanges?: number | undefined;
  /** Bytes of requests and answers together. Default: 64 MiB. */
  readonly maxExchangeBytes?: number | undefined;
}

const MIB = 1024 * 1024;

/**
 * Step 5 and step 13 of the process: the gateway's journal, here in memory. The oldest entries fall out first.
 *
 * @internal
 */
export class ExchangeLog {
  readonly #maxExchanges: number;
  readonly #maxBytes: number;
  readonly #onExchange: ((exchange: Exchange) => void) | undefined;
  #exchanges: Exchange[] = [];
  #bytes = 0;
  #arrived = 0;

  constructor(
    limits: ExchangeLogLimits & { readonly onExchange?: ((exchange: Exchange) => void) | undefined } = {},
  ) {
    const { maxExchanges = 1000, maxExchangeBytes = 64 * MIB, onExchange } = limits;
    this.#onExchange = onExchange;
    this.#maxExchanges = positive('maxExchanges', maxExchanges);
    this.#maxBytes = positive('maxExchangeBytes', maxExchangeBytes);
  }

  /** A frozen picture of the log, oldest first. */
  get exchanges(): readonly Exchange[] {
    return Object.freeze([...this.#exchanges]);
  }

  /** The number of the exchange that arrives now. */
  nextNumber(): number {
    this.#arrived += 1;
    return this.#arrived;
  }

  append(fields: Exchange): Exchange {
    const exchange = loggedExchange(fields);
    this.#exchanges.push(exchange);
    this.#bytes += weight(exchange);
    while (
      this.#exchanges.length > this.#maxExchanges ||
      (this.#bytes > this.#maxBytes && this.#exchanges.length > 1)
    ) {
      const oldest = this.#exchanges.shift();
      if (oldest !== undefined) this.#bytes -= weight(oldest);
    }
    const onExchange = this.#onExchange;
    // Later, so that an error in it is the caller's own and not one of the exchange.
    if (onExchange !== undefined) queueMicrotask(() => onExchange(exchange));
    return exchange;
  }

  clear(): void {
    this.#exchanges = [];
    this.#bytes = 0;
  }
}

function weight(exchange: Exchange): number {
  return exchange.request.length + (exchange.answer?.length ?? 0);
}

function positive(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1) throw new TypeError(`${name} must be a positive integer`);
  return value;
}
