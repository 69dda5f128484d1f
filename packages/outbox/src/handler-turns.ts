/** Gives a turn back. */
type Leave = () => void;

/** Who waits for a turn. @internal */
export interface Place {
  /** Resolves as soon as it is the turn of this one, and never when the line was left. */
  readonly turn: Promise<void>;
  /** Ends the turn, or leaves the line before it came. */
  readonly leave: Leave;
}

/** Of one service: what is being handled, and who waits for it. */
interface Lane {
  active: number;
  /** Enough of it waits: nothing more is to come until few do. */
  isCrowded: boolean;
  /** Chains of which a message is being handled. */
  readonly chains: Set<string>;
  readonly waiting: Set<{ readonly chain: string; readonly begin: () => void }>;
}

/** So many messages of a service may wait. */
const ENOUGH = 256;

/**
 * Whose turn it is to be handled: of one service so many at a time, of one chain one. Who has to wait does so in memory, in
 * the order of arrival; what ends makes room for the first that may go.
 *
 * @internal
 */
export class HandlerTurns {
  readonly #perService: number;
  readonly #lanes = new Map<string, Lane>();
  #waiting = 0;

  constructor(perService: number) {
    this.#perService = perService;
  }

  /**
   * Services of which enough waits. To ask a queue for all others costs more the longer it is: so it is asked rarely, and not
   * with every message that ends.
   */
  get crowded(): readonly string[] {
    const crowded: string[] = [];
    for (const [serviceId, lane] of this.#lanes) {
      lane.isCrowded = lane.waiting.size >= (lane.isCrowded ? ENOUGH / 2 : ENOUGH);
      if (lane.isCrowded && lane.active >= this.#perService) crowded.push(serviceId);
    }
    return crowded;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Takes a turn, or `undefined` when one has to be waited for. */
  take(serviceId: string, chain: string): Leave | undefined {
    const lane = this.#lane(serviceId);
    return this.#isFree(lane, chain) ? this.#begin(serviceId, lane, chain) : undefined;
  }

  /** Waits for a turn that could not be taken. */
  wait(serviceId: string, chain: string): Place {
    const lane = this.#lane(serviceId);
    let come: () => void = () => {};
    const turn = new Promise<void>((resolve) => {
      come = resolve;
    });
    let leave: Leave | undefined;
    const entry = {
      chain,
      begin: () => {
        leave = this.#begin(serviceId, lane, chain);
        come();
      },
    };
    lane.waiting.add(entry);
    this.#waiting += 1;
    return {
      turn,
      leave: () => {
        if (lane.waiting.delete(entry)) this.#waiting -= 1;
        leave?.();
      },
    };
  }

  #begin(serviceId: string, lane: Lane, chain: string): Leave {
    lane.active += 1;
    lane.chains.add(chain);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      lane.active -= 1;
      lane.chains.delete(chain);
      this.#admit(lane);
      if (lane.active === 0 && lane.waiting.size === 0) this.#lanes.delete(serviceId);
    };
  }

  #admit(lane: Lane): void {
    for (const entry of lane.waiting) {
      if (lane.active >= this.#perService) return;
      if (!this.#isFree(lane, entry.chain)) continue;
      lane.waiting.delete(entry);
      this.#waiting -= 1;
      entry.begin();
    }
  }

  #isFree({ active, chains }: Lane, chain: string): boolean {
    return active < this.#perService && !chains.has(chain);
  }

  #lane(serviceId: string): Lane {
    const lane = this.#lanes.get(serviceId) ?? {
      active: 0,
      isCrowded: false,
      chains: new Set(),
      waiting: new Set(),
    };
    this.#lanes.set(serviceId, lane);
    return lane;
  }
}
