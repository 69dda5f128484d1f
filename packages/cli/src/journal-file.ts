/** The journal that a command works on: `--journal FILE`, and the keys of what is in it. */
import { type FileJournal, type JournalOptions, openJournal } from '@egov-gateway/journal';

import type { CommandContext } from './command.ts';
import { type OptionValues, textOption } from './option-values.ts';
import { readPassword } from './password.ts';
import { UsageError } from './usage-error.ts';

/** Help of the options that name it. */
export const journalHelp: readonly string[] = [
  '--journal FILE        the journal (or variable EGW_JOURNAL)',
  '--encryption-key-file F  key of the stored bytes: lines ID=KEY, the current one first (or EGW_ENCRYPTION_KEY)',
  '--subject-key-file F  key of the hashes of IIN and BIN (or EGW_SUBJECT_KEY); keys are base64 or hex',
];

/** The same, for commands that take no other options of a gateway. */
export const journalHelpAlone: readonly string[] = [
  ...journalHelp,
  '--config FILE         JSON with these options in camelCase; egw.config.json by default',
];

/** How it is opened. */
export interface JournalAccess {
  /** Whether a file that is not there is made: by commands that put messages in, not by those that look for some. */
  readonly create: boolean;
}

/** Path of the journal that the options name. @throws {UsageError} when they name none */
export function requiredJournalPath(values: OptionValues): string {
  const path = textOption(values, 'journal');
  if (path !== undefined && path !== '') return path;
  throw new UsageError({
    ru: 'не указан параметр --journal FILE (или EGW_JOURNAL): файл, в котором хранятся все сообщения; если его нет, команда, которая отправляет, создаст его',
    kk: '--journal FILE параметрі (немесе EGW_JOURNAL) көрсетілмеген: барлық хабарлама сақталатын файл; ол жоқ болса, жіберетін команда жасайды',
    en: '--journal FILE is missing (or set EGW_JOURNAL): the file that keeps every message; a new one is made by egw call async',
  });
}

/** Opens the journal that the options name, for as long as `work` goes on. */
export async function withJournal<T>(
  values: OptionValues,
  context: CommandContext,
  access: JournalAccess,
  work: (journal: FileJournal) => Promise<T>,
): Promise<T> {
  const path = requiredJournalPath(values);
  const journal = await openJournal(path, { ...(await readJournalKeys(values, context)), ...access });
  try {
    return await work(journal);
  } finally {
    await journal.close();
  }
}

async function readJournalKeys(
  values: OptionValues,
  context: CommandContext,
): Promise<Pick<JournalOptions, 'encryption' | 'subjectKey'>> {
  const encryption = await readPassword(values, 'encryption-key-file', 'EGW_ENCRYPTION_KEY', context);
  const subject = await readPassword(values, 'subject-key-file', 'EGW_SUBJECT_KEY', context);
  return {
    ...(encryption === undefined ? {} : { encryption: encryptionKeys(encryption) }),
    ...(subject === undefined ? {} : { subjectKey: octets(subject.trim(), 'the key for subjects') }),
  };
}

function encryptionKeys(text: string): NonNullable<JournalOptions['encryption']> {
  const lines = text.split('\n').map((line) => line.trim());
  const entries = lines.filter((line) => line !== '').map(readKeyLine);
  const current = entries[0]?.[0];
  if (current === undefined) throw new UsageError('the file of encryption keys holds none: write ID=KEY');
  const keys = Object.fromEntries(entries);
  if (Object.keys(keys).length !== entries.length) {
    throw new UsageError('the file of encryption keys names a key twice');
  }
  return { current, keys };
}

function readKeyLine(line: string): [string, Uint8Array] {
  const [, id, key] = /^([\w.:-]{1,64})=(.+)$/.exec(line) ?? [];
  if (id === undefined || key === undefined) {
    throw new UsageError('a line of the file of encryption keys is not ID=KEY');
  }
  return [id, octets(key, `the encryption key "${id}"`)];
}

/** Base64 or hex. Nothing of the key is ever in a message. */
function octets(text: string, what: string): Uint8Array {
  if (/^(?:[0-9a-fA-F]{2})+$/.test(text)) return Buffer.from(text, 'hex');
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0) return Buffer.from(text, 'base64');
  throw new UsageError(`${what} is neither base64 nor hex: make one with openssl rand -base64 32`);
}
