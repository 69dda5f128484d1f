/** Listens to what workers tell of themselves while a command runs. */
import { channel } from 'node:diagnostics_channel';

import { channelNames, type MessageStateEvent, type WorkerErrorEvent } from '@egov-gateway/core';

import type { Console } from './console.ts';

/** Calls `listener` with every state that a message enters, for as long as `work` goes on. */
export async function watchingStates<T>(
  listener: (event: MessageStateEvent) => void,
  work: () => Promise<T>,
): Promise<T> {
  const states = channel(channelNames.messageState);
  const receive = (event: unknown): void => listener(event as MessageStateEvent);
  states.subscribe(receive);
  try {
    return await work();
  } finally {
    states.unsubscribe(receive);
  }
}

/** Says on stderr what troubles the workers have, each trouble once in a row, for as long as `work` goes on. */
export async function notingTroubles<T>(console: Console, work: () => Promise<T>): Promise<T> {
  const errors = channel(channelNames.workerError);
  let last: string | undefined;
  const receive = (event: unknown): void => {
    const { worker, code, error } = event as WorkerErrorEvent;
    // Handlers are the application's: what waits for them is as it should be.
    if (code === 'NO_HANDLER') return;
    // Only errors of the SDK are known to name nobody.
    const words = code.startsWith('ERR_') && error instanceof Error ? `: ${error.message}` : '';
    const text = `${worker}: ${code}${words}`;
    if (text !== last) console.note(text);
    last = text;
  };
  errors.subscribe(receive);
  try {
    return await work();
  } finally {
    errors.unsubscribe(receive);
  }
}

/** Resolves when the signal fires. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
