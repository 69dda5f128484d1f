/** Emulators with systems on the asynchronous channel, closed when the test is over. Time stands still. @module */
import { type Clock, fixedClock } from '@egov-gateway/core';
import { onTestFinished } from 'vitest';

import { createEmulator, type Emulator, type EmulatorOptions } from '../src/index.ts';
import { AsyncParty, type PartyOptions } from './async-party.ts';
import { echo } from './echo-service.ts';

export const startMs: number = Date.UTC(2026, 10, 1, 6);
export const clock: Clock = fixedClock(startMs);

/** The built-in test system. */
export async function start(
  options: EmulatorOptions = {},
  party: PartyOptions = {},
): Promise<{ emulator: Emulator; party: AsyncParty }> {
  const emulator = await createEmulator({ clock, ...options });
  onTestFinished(() => emulator.close());
  return { emulator, party: new AsyncParty(emulator, { clock, ...party }) };
}

/** The built-in test system as initiator, and one more as provider of the echo service. Both have the same key. */
export async function twoSystems(
  options: EmulatorOptions = {},
): Promise<{ emulator: Emulator; initiator: AsyncParty; provider: AsyncParty }> {
  const { emulator, party: initiator } = await start(options);
  const { signingKey } = emulator.testSystem;
  emulator.register({
    senderId: 'provider',
    password: 'p',
    certificates: [signingKey.certificate],
    provides: [echo.id],
  });
  const provider = new AsyncParty(emulator, { clock, senderId: 'provider', password: 'p' });
  return { emulator, initiator, provider };
}
