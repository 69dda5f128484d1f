import { runCommandLine } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { loadCommand } from './commands.ts';
import { main } from './main.ts';

const help = await runCommandLine(main, ['--help']);
const commands = [...help.stdout.matchAll(/^ {2}egw ((?:[a-z-]+ )+) /gm)].map((match) =>
  (match[1] ?? '').trim(),
);

describe('egw --help', () => {
  test('lists every command once, in groups', () => {
    const titles = [...help.stdout.matchAll(/^([A-Z][a-z ]+)$/gm)].map((match) => match[1]);

    expect(titles).toEqual([
      'Keys and signatures',
      'Synchronous channel',
      'Asynchronous channel',
      'Labour contracts',
      'Documents of employment',
      'Journal',
      'Trying it out',
    ]);
    expect(commands).toHaveLength(33);
    expect(new Set(commands).size).toBe(commands.length);
  });

  test('fits a terminal of 120 columns', () => {
    expect(help.stdout.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  test('names every exit code', () => {
    expect(help.stdout).toMatch(/0 done, 1 .+, 2 .+, 3 .+, 4 .+, 5 /);
  });
});

describe.each(commands)('egw %s', (words) => {
  test('documents exactly the options that it takes', async () => {
    const { command } = await loadCommand(words.split(' '));
    const documented = `${command.usage}\n${command.help.join('\n')}`;
    const named = new Set([...documented.matchAll(/--([a-z][a-z-]*)/g)].map((match) => match[1]));

    expect(Object.keys(command.options).filter((name) => !named.has(name))).toEqual([]);
    expect(command.usage.startsWith(words)).toBe(true);
    for (const [name] of command.usage.matchAll(/(?<=--)[a-z][a-z-]*/g)) {
      expect(Object.keys(command.options)).toContain(name);
    }
  });

  test('keeps its help within 130 columns', async () => {
    const { stdout } = await runCommandLine(main, [...words.split(' '), '--help']);

    expect(stdout.split('\n').filter((line) => line.length > 130 && !line.startsWith('Usage'))).toEqual([]);
  });
});

describe('egw FAMILY', () => {
  test('lists its commands for --help', async () => {
    const { code, stdout } = await runCommandLine(main, ['journal', '--help']);

    expect(code).toBe(0);
    expect(stdout.match(/egw journal \w+/g)).toHaveLength(7);
    expect(stdout).not.toContain('egw sign');
  });

  test.each([['journal'], ['outbox'], ['call'], ['key']])(
    'ends with 2 for %s alone, and says how it goes on',
    async (word) => {
      const { code, stdout, stderr } = await runCommandLine(main, [word]);

      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`egw ${word} is followed by`);
    },
  );

  test.each([
    ['another second word', ['journal', 'burn']],
    ['an unknown word with --help', ['fly', '--help']],
    ['a command of two words as one', ['journal-list']],
  ])('ends with 2 for %s', async (_, args) => {
    expect((await runCommandLine(main, args)).code).toBe(2);
  });
});
