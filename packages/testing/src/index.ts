import { readFileSync } from 'node:fs';

import { GatewayError } from '@egov-gateway/core';

/** The repository's fixtures folder. */
export const fixturesUrl: URL = new URL('../../../fixtures/', import.meta.url);

/** The bytes of a fixture, by its path below `fixtures/`. */
export function fixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, fixturesUrl)));
}

/** The text of a fixture. */
export function fixtureText(path: string): string {
  return readFileSync(new URL(path, fixturesUrl), 'utf8');
}

/** The code of the error that `run` throws or rejects with, or `null` when it succeeds. Other throws fail the test. */
export async function codeOf(run: () => unknown): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    if (error instanceof GatewayError) return error.code;
    throw error;
  }
}
