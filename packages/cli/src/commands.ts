/** The list of commands. */
import type { Command } from './command.ts';
import type { Console } from './console.ts';
import { UsageError } from './usage-error.ts';

interface Entry {
  readonly words: readonly string[];
  readonly summary: string;
  load(): Promise<Command>;
}

interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const groups: readonly Group[] = [
  {
    title: 'Keys and signatures',
    entries: [
      {
        words: ['key', 'inspect'],
        summary: 'show what a key file or certificate is',
        load: async () => (await import('./commands/key-inspect.ts')).keyInspect,
      },
      {
        words: ['cert', 'check'],
        summary: 'judge a certificate',
        load: async () => (await import('./commands/cert-check.ts')).certCheck,
      },
      {
        words: ['sign'],
        summary: 'put a transport signature on an envelope',
        load: async () => (await import('./commands/sign.ts')).sign,
      },
      {
        words: ['verify'],
        summary: 'check the transport signature of an envelope',
        load: async () => (await import('./commands/verify.ts')).verify,
      },
      {
        words: ['payload', 'sign'],
        summary: 'put an enveloped signature on a business document',
        load: async () => (await import('./commands/payload-sign.ts')).payloadSign,
      },
      {
        words: ['payload', 'verify'],
        summary: 'check the enveloped signatures of a business document',
        load: async () => (await import('./commands/payload-verify.ts')).payloadVerify,
      },
    ],
  },
  {
    title: 'Synchronous channel',
    entries: [
      {
        words: ['call', 'sync'],
        summary: 'call any service and print its answer',
        load: async () => (await import('./commands/call-sync.ts')).callSync,
      },
      {
        words: ['medical-exemption', 'search'],
        summary: 'search medical exemptions (медотвод)',
        load: async () => (await import('./commands/medical-exemption-search.ts')).medicalExemptionSearch,
      },
    ],
  },
  {
    title: 'Asynchronous channel',
    entries: [
      {
        words: ['call', 'async'],
        summary: 'send a message and wait for its outcome',
        load: async () => (await import('./commands/call-async.ts')).callAsync,
      },
      {
        words: ['status'],
        summary: 'ask where a message stands',
        load: async () => (await import('./commands/status.ts')).status,
      },
      {
        words: ['poll'],
        summary: 'pull messages, store and confirm them',
        load: async () => (await import('./commands/poll.ts')).poll,
      },
      {
        words: ['receive'],
        summary: 'receive what the gateway pushes',
        load: async () => (await import('./commands/receive.ts')).receive,
      },
      {
        words: ['outbox', 'run'],
        summary: 'send and confirm what waits in a journal',
        load: async () => (await import('./commands/outbox-run.ts')).outboxRun,
      },
      {
        words: ['outbox', 'list'],
        summary: 'list what has not left for certain',
        load: async () => (await import('./commands/outbox-list.ts')).outboxList,
      },
      {
        words: ['outbox', 'resolve'],
        summary: 'settle a message in doubt',
        load: async () => (await import('./commands/outbox-resolve.ts')).outboxResolve,
      },
      {
        words: ['outbox', 'cancel'],
        summary: 'give up a message that waits to be sent',
        load: async () => (await import('./commands/outbox-cancel.ts')).outboxCancel,
      },
      {
        words: ['inbox', 'handled'],
        summary: 'say that what came in for a service is handled',
        load: async () => (await import('./commands/inbox-handled.ts')).inboxHandled,
      },
    ],
  },
  {
    title: 'Labour contracts',
    entries: [
      {
        words: ['labor-contracts', 'register'],
        summary: 'register the contracts of a table',
        load: async () => (await import('./commands/labor-contracts.ts')).registerContracts,
      },
      {
        words: ['labor-contracts', 'change'],
        summary: 'register the additional agreements of a table',
        load: async () => (await import('./commands/labor-contracts.ts')).changeContracts,
      },
      {
        words: ['labor-contracts', 'terminate'],
        summary: 'terminate the contracts of a table',
        load: async () => (await import('./commands/labor-contracts.ts')).terminateContracts,
      },
      {
        words: ['labor-contracts', 'resolve'],
        summary: 'settle a contract in doubt',
        load: async () => (await import('./commands/labor-contracts-resolve.ts')).resolveContract,
      },
    ],
  },
  {
    title: 'Documents of employment',
    entries: [
      {
        words: ['ekdo', 'check'],
        summary: 'check PDF files for «Работа России» (ЭКДО)',
        load: async () => (await import('./commands/ekdo-check.ts')).ekdoCheck,
      },
      {
        words: ['ekdo', 'send'],
        summary: 'send the documents of a list, each once',
        load: async () => (await import('./commands/ekdo-send.ts')).ekdoSend,
      },
      {
        words: ['ekdo', 'registry'],
        summary: 'list what was sent, with its history',
        load: async () => (await import('./commands/ekdo-registry.ts')).ekdoRegistry,
      },
      {
        words: ['ekdo', 'resolve'],
        summary: 'settle a document in doubt',
        load: async () => (await import('./commands/ekdo-resolve.ts')).ekdoResolve,
      },
    ],
  },
  {
    title: 'Journal',
    entries: [
      {
        words: ['journal', 'list'],
        summary: 'find messages',
        load: async () => (await import('./commands/journal-list.ts')).journalList,
      },
      {
        words: ['journal', 'show'],
        summary: 'show what happened to a message',
        load: async () => (await import('./commands/journal-show.ts')).journalShow,
      },
      {
        words: ['journal', 'retry'],
        summary: 'send or handle a message again',
        load: async () => (await import('./commands/journal-retry.ts')).journalRetry,
      },
      {
        words: ['journal', 'verify'],
        summary: 'prove that a journal or its archives were not changed',
        load: async () => (await import('./commands/journal-verify.ts')).journalVerify,
      },
      {
        words: ['journal', 'seal'],
        summary: 'seal the days that are over',
        load: async () => (await import('./commands/journal-seal.ts')).journalSeal,
      },
      {
        words: ['journal', 'export'],
        summary: 'write sealed days to archives',
        load: async () => (await import('./commands/journal-export.ts')).journalExport,
      },
      {
        words: ['journal', 'retain'],
        summary: 'move old days to archives and out of the journal',
        load: async () => (await import('./commands/journal-retain.ts')).journalRetain,
      },
    ],
  },
  {
    title: 'Trying it out',
    entries: [
      {
        words: ['emulator'],
        summary: 'run the gateway emulator, both channels',
        load: async () => (await import('./commands/emulator.ts')).emulator,
      },
    ],
  },
];

const entries = groups.flatMap((group) => group.entries);

/** The command that the first words name, and the words behind it. */
export async function loadCommand(
  args: readonly string[],
): Promise<{ readonly command: Command; readonly rest: readonly string[] }> {
  const entry = entries.find(({ words }) => words.every((word, i) => args[i] === word));
  if (entry !== undefined) return { command: await entry.load(), rest: args.slice(entry.words.length) };
  const seconds = familyOf(args[0]).map(({ words }) => words[1]);
  throw new UsageError(
    seconds.length > 0
      ? `egw ${args[0]} is followed by ${seconds.join(', ')}; see egw ${args[0]} --help`
      : `there is no command "egw ${args.slice(0, 2).join(' ')}"; see egw --help`,
  );
}

/** Commands that begin with a word that is none by itself. */
function familyOf(word: string | undefined): readonly Entry[] {
  return entries.filter(({ words }) => words.length > 1 && words[0] === word);
}

/** `egw --help`. */
export function printHelp(console: Console): void {
  console.line('egw: sign, verify, call and emulate the e-government gateway (ШЭП / ВШЭП)');
  for (const { title, entries: members } of groups) {
    console.line(`\n${title}`);
    printEntries(console, members);
  }
  console.line('\nOptions of a command: egw COMMAND --help');
  console.line(
    'Exit codes: 0 done, 1 negative answer, 2 usage, key or journal, 3 transport, 4 gateway fault, 5 in doubt or under way',
  );
}

/** `egw journal --help` and the like; false when no command begins so. */
export function printFamilyHelp(console: Console, word: string | undefined): boolean {
  const members = familyOf(word);
  if (members.length === 0) return false;
  printEntries(console, members);
  console.line('\nOptions of a command: egw COMMAND --help');
  return true;
}

const width = Math.max(...entries.map(({ words }) => words.join(' ').length));

function printEntries(console: Console, members: readonly Entry[]): void {
  for (const { words, summary } of members)
    console.line(`  egw ${words.join(' ').padEnd(width)}  ${summary}`);
}
