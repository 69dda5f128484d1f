/** Something to be done at an instant. @internal */
export interface Due {
  /** Milliseconds since the epoch. */
  readonly dueAtMs: number;
  /** Among those of one instant, the smaller goes first. */
  readonly order: number;
}

/** A binary heap: what is due first is on top. @internal */
export class DueHeap<Item extends Due> {
  readonly #items: Item[] = [];

  get top(): Item | undefined {
    return this.#items[0];
  }

  push(item: Item): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): Item | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (items.length === 0 || last === undefined) return first;
    items[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (left < items.length && this.#isBefore(left, least)) least = left;
      if (right < items.length && this.#isBefore(right, least)) least = right;
      if (least === at) return first;
      this.#swap(at, least);
      at = least;
    }
  }

  clear(): void {
    this.#items.length = 0;
  }

  #isBefore(one: number, other: number): boolean {
    const [left, right] = [this.#items[one], this.#items[other]];
    if (left === undefined || right === undefined) return false;
    return left.dueAtMs < right.dueAtMs || (left.dueAtMs === right.dueAtMs && left.order < right.order);
  }

  #swap(one: number, other: number): void {
    const [left, right] = [this.#items[one], this.#items[other]];
    if (left === undefined || right === undefined) return;
    this.#items[one] = right;
    this.#items[other] = left;
  }
}
