import type { MessageHead } from '../life/project-message.ts';

/** A message as the index has it. */
export interface KnownMessage {
  /** Position of its first event. */
  readonly id: number;
  readonly head: MessageHead;
}

/** So many are remembered at most: those that are on their way. */
const maxMessages = 500;

/** The messages that were written last, so that the next event of one needs no look at the index. */
export class KnownMessages {
  readonly #messages = new Map<string, KnownMessage>();

  get(localKey: string): KnownMessage | undefined {
    return this.#messages.get(localKey);
  }

  set(localKey: string, message: KnownMessage): void {
    this.#messages.delete(localKey);
    this.#messages.set(localKey, message);
    if (this.#messages.size <= maxMessages) return;
    for (const oldest of this.#messages.keys()) {
      this.#messages.delete(oldest);
      break;
    }
  }

  clear(): void {
    this.#messages.clear();
  }
}
