/** What commands share that work on sealed days. */
import { mkdir } from 'node:fs/promises';

import type { WrittenArchive } from '@egov-gateway/journal';

import { listOption, type OptionValues, requiredOption } from './option-values.ts';
import { UsageError } from './usage-error.ts';

/** The folder of `--out`, made when it is not there: for its owner only, because archives hold personal data. */
export async function archiveFolder(values: OptionValues): Promise<string> {
  const folder = requiredOption(values, 'out');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new UsageError(`${folder} cannot be made: check --out`, { cause });
  }
  return folder;
}

/** The days of `--day`. @throws {UsageError} when one is no day */
export function readDays(values: OptionValues): readonly string[] | undefined {
  const days = listOption(values, 'day');
  const isDay = (text: string): boolean =>
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00Z`));
  if (!days.every(isDay)) throw new UsageError('--day is a day in UTC, 2026-01-31');
  return days.length === 0 ? undefined : days;
}

/** An archive in one line. */
export function archiveLine({ day, events, byteLength, sha256, path }: WrittenArchive): string {
  return `${day}  ${events} events  ${byteLength} bytes  sha256 ${sha256}  ${path}`;
}
