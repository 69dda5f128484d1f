/** The instant of `--at`. */
import { UsageError } from './usage-error.ts';

/** Its help. */
export const instantHelp: string =
  '--at ISO_INSTANT      judge certificates at this instant, for example 2026-01-31T09:00:00+05:00; now by default';

/**
 * Milliseconds since the epoch; `undefined` when nothing was given.
 *
 * @throws {UsageError} when it is not ISO 8601 with an offset
 */
export function readInstant(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const isIso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const atMs = isIso ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs)) {
    throw new UsageError('--at is an instant with an offset, for example 2026-01-31T09:00:00+05:00');
  }
  return atMs;
}
