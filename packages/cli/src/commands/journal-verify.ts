import { open } from 'node:fs/promises';

import {
  type ChainFault,
  faultWords,
  type JournalHeads,
  openJournal,
  verifyArchives,
} from '@egov-gateway/journal';
import * as z from 'zod';

import type { Command, CommandContext } from '../command.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-code.ts';
import { requiredJournalPath } from '../journal-file.ts';
import { row } from '../message-report.ts';
import { listOption, type OptionValues, switchOption, textOption } from '../option-values.ts';
import { configOption, journalOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** `egw journal verify [FILE…] [--heads FILE…]` */
export const journalVerify: Command = {
  usage: 'journal verify [FILE…] [--journal FILE] [--heads FILE…] [--save-heads FILE] [--json]',
  summary:
    'Reads a journal, or the archives of successive days, and compares everything with its hashes. The first place that\n' +
    'does not fit is named, and the exit code is 1. No key is needed, and archives need no journal.',
  help: [
    'FILE                  a journal, or archives YYYY-MM-DD.egwj in any order; the journal of --journal by default',
    '--heads FILE          hashes that you kept somewhere else: they must be found again. Only they show that somebody',
    '                      rewrote the whole; repeat it for several. Journals only',
    '--save-heads FILE     write the newest hashes of a journal that fits, to be kept somewhere else',
    '--from-beginning      the oldest archive must be the first day of its journal',
    '--json                one JSON object on stdout',
    '--journal FILE        the journal (or variable EGW_JOURNAL)',
    '--config FILE         JSON with these options in camelCase; egw.config.json by default',
  ],
  options: {
    heads: { type: 'string', multiple: true },
    'save-heads': { type: 'string' },
    'from-beginning': { type: 'boolean' },
    json: { type: 'boolean' },
    journal: journalOptions['journal'] ?? { type: 'string' },
    ...configOption,
  },
  async run(given, positionals, context) {
    const values = await withSettings(given, context);
    const files = positionals.length > 0 ? positionals : [requiredJournalPath(values)];
    const kinds = await Promise.all(files.map(kindOf));
    if (kinds.every((kind) => kind === 'archive')) return verifyDays(files, values, context);
    const [file] = files;
    if (file === undefined || files.length > 1) throw new UsageError('verify one journal, or archives alone');
    return verifyWhole(file, values, context);
  },
};

async function verifyWhole(file: string, values: OptionValues, context: CommandContext): Promise<number> {
  const { console, signal } = context;
  if (switchOption(values, 'from-beginning')) throw new UsageError('--from-beginning is for archives');
  const heads = await Promise.all(listOption(values, 'heads').map((path) => readHeads(path, console)));
  const journal = await openJournal(file, { create: false });
  try {
    const report = await journal.verify({
      heads,
      signal,
      onProgress: ({ events, messages, days }) =>
        console.status(
          `${days} days, ${events} events checked${messages > 0 ? `, ${messages} messages` : ''} …`,
        ),
    });
    const { intact, fault, days, segments, events, storedBytes, messages, manifests, droppedDays } = report;
    if (switchOption(values, 'json')) {
      console.json({
        intact,
        fault: fault ?? null,
        days,
        segments,
        events,
        storedBytes,
        messages,
        sealedDays: manifests,
        droppedDays,
        heads: report.heads ?? null,
      });
    } else if (fault === undefined) {
      console.line(
        `intact: ${counted(events, 'event')} of ${counted(messages, 'message')}, ${counted(manifests, 'sealed day')}, ${droppedDays} of them in archives`,
      );
    }
    if (fault !== undefined) return tellFault(file, fault, console);
    const save = textOption(values, 'save-heads');
    if (save !== undefined)
      await console.write(save, Buffer.from(`${JSON.stringify(report.heads, null, 2)}\n`));
    return exitCodes.done;
  } finally {
    await journal.close();
  }
}

async function verifyDays(
  files: readonly string[],
  values: OptionValues,
  context: CommandContext,
): Promise<number> {
  const { console, signal } = context;
  const useless = ['heads', 'save-heads'].find((name) => values[name] !== undefined);
  if (useless !== undefined) throw new UsageError(`--${useless} is for a journal, not for archives`);
  // By the names that they were given: a day sorts like its name.
  const sorted = [...files].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  async function* sources(): AsyncGenerator<string> {
    for (const [index, path] of sorted.entries()) {
      signal.throwIfAborted();
      console.status(`archive ${index + 1} of ${sorted.length}, ${nameOf(path)} …`);
      yield path;
    }
  }
  const from = switchOption(values, 'from-beginning') ? ('beginning' as const) : undefined;
  const { intact, fault, index, archives } = await verifyArchives(sources(), { from });
  const days = archives.map(({ manifest, events, sha256 }, at) => ({
    file: sorted[at],
    day: manifest?.day ?? null,
    events,
    hash: manifest?.hash ?? null,
    sha256: sha256 ?? null,
  }));
  if (switchOption(values, 'json')) {
    console.json({
      intact,
      fault: fault ?? null,
      file: index === undefined ? null : sorted[index],
      archives: days,
    });
  } else if (intact) {
    for (const { day, events, hash } of days)
      console.line(row([`intact: ${day ?? '—'}`, counted(events, 'event'), hash ?? '—']));
  }
  return fault === undefined ? exitCodes.done : tellFault(sorted[index ?? 0] ?? '', fault, console);
}

function tellFault(file: string, fault: ChainFault, console: Console): number {
  console.note(`${file} does not hold: ${faultWords(fault)}`);
  console.note('Keep the file as it is. What lies behind this place was not looked at.');
  return exitCodes.negative;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function nameOf(path: string): string {
  return path.replace(/^.*[\\/]/, '');
}

/** By how it begins. What is neither counts as a journal: its reader says what it misses. */
async function kindOf(path: string): Promise<'archive' | 'journal'> {
  try {
    const file = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(16), 0, 16, 0);
      const isDatabase = buffer.subarray(0, bytesRead).toString('latin1').startsWith('SQLite format 3');
      return isDatabase || (bytesRead === 0 && !path.endsWith('.egwj')) ? 'journal' : 'archive';
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: check that the file is there`, { cause });
  }
}

const headsSchema = z.object({
  journalId: z.string(),
  manifest: z.object({ number: z.int(), day: z.string(), hash: z.string() }).optional(),
  segments: z.array(z.object({ day: z.string(), writer: z.string(), count: z.int(), lastHash: z.string() })),
});

/** Heads as `--save-heads` writes them, or the whole of what `--json` prints. */
async function readHeads(path: string, console: Console): Promise<JournalHeads> {
  const text = new TextDecoder().decode(await console.read(path));
  try {
    const json: unknown = JSON.parse(text);
    const report = z.object({ heads: headsSchema }).safeParse(json);
    return report.success ? report.data.heads : headsSchema.parse(json);
  } catch (cause) {
    throw new UsageError(`${path} holds no hashes: give a file that --save-heads wrote`, { cause });
  }
}
