/** The list of commands. */
import type { Command } from './command.ts';
import type { Console } from './console.ts';

interface Entry {
  readonly words: readonly string[];
  readonly summary: string;
  load(): Promise<Command>;
}

const entries: readonly Entry[] = [
  {
    words: ['key', 'inspect'],
    summary: 'show what a key file or certificate is',
    load: async () => (await import('./commands/key-inspect.ts')).keyInspect,
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
  {
    words: ['cert', 'check'],
    summary: 'judge a certificate',
    load: async () => (await import('./commands/cert-check.ts')).certCheck,
  },
  {
    words: ['call', 'sync'],
    summary: 'call any service of the synchronous channel',
    load: async () => (await import('./commands/call-sync.ts')).callSync,
  },
  {
    words: ['medical-exemption', 'search'],
    summary: 'search medical exemptions (медотвод)',
    load: async () => (await import('./commands/medical-exemption-search.ts')).medicalExemptionSearch,
  },
  {
    words: ['emulator'],
    summary: 'run the gateway emulator',
    load: async () => (await import('./commands/emulator.ts')).emulator,
  },
];

/** The command that the first words name, and the words behind it. */
export async function loadCommand(
  args: readonly string[],
): Promise<{ command: Command; rest: readonly string[] } | undefined> {
  const entry = entries.find(({ words }) => words.every((word, i) => args[i] === word));
  return entry && { command: await entry.load(), rest: args.slice(entry.words.length) };
}

/** `egw --help`. */
export function printHelp(console: Console): void {
  const width = Math.max(...entries.map(({ words }) => words.join(' ').length));
  console.line('egw: sign, verify, call and emulate the e-government gateway (ШЭП / ВШЭП)\n');
  for (const { words, summary } of entries)
    console.line(`  egw ${words.join(' ').padEnd(width)}  ${summary}`);
  console.line('\nOptions of a command: egw COMMAND --help');
  console.line('Exit codes: 0 done, 1 negative answer, 2 usage or key, 3 transport, 4 gateway fault');
}
