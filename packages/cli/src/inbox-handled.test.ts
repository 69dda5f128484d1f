import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openJournal } from '@egov-gateway/journal';
import { type CommandLineOutcome, runCommandLine } from '@egov-gateway/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { main } from './main.ts';

const message = { channel: 'async', atMs: 1 } as const;
const bytes = new TextEncoder().encode('<x/>');

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egw-test-'));
  path = join(folder, 'messages.journal');
  const journal = await openJournal(path, { clock: { now: () => Date.UTC(2026, 0, 1) } });
  for (let number = 1; number <= 120; number += 1) {
    const serviceId = number === 120 ? 'OTHER' : 'CONTRACT';
    const request = { ...message, serviceId, localKey: `request-${number}`, messageType: 'REQUEST' } as const;
    const answer = { ...message, serviceId, localKey: `answer-${number}`, messageType: 'RESPONSE' } as const;
    const correlationId = `${1000 + number}`;
    await journal.commit({
      events: [
        { ...request, kind: 'signed', bytes },
        { ...request, kind: 'sending', attempt: 1, untilMs: 2 },
        { ...request, kind: 'answered', messageId: `${2000 + number}`, correlationId },
        { ...answer, direction: 'in', kind: 'received', messageId: `${number}`, correlationId, bytes },
      ],
    });
  }
  await journal.close();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const handled = (...options: readonly string[]): Promise<CommandLineOutcome> =>
  runCommandLine(main, ['inbox', 'handled', ...options, '--journal', path], { environment: {} });

async function states(): Promise<Record<string, number>> {
  const journal = await openJournal(path);
  const counts: Record<string, number> = {};
  for (let number = 1; number <= 120; number += 1) {
    const { state = 'none' } = (await journal.message(`answer-${number}`)) ?? {};
    counts[state] = (counts[state] ?? 0) + 1;
  }
  await journal.close();
  return counts;
}

describe('egw inbox handled', () => {
  test('closes what came in for the service, and nothing else', async () => {
    const { code, stdout } = await handled('CONTRACT');

    expect([code, stdout]).toEqual([0, 'handled 119\n']);
    expect(await states()).toEqual({ handled: 119, received: 1 });
    expect((await handled('CONTRACT', '--json')).stdout).toBe('{\n  "handled": 0\n}\n');
  });

  test('lets their day be dropped as soon as today is old: nothing of it waits any more', async () => {
    const whyItStays = async (): Promise<unknown> => {
      await runCommandLine(main, ['journal', 'seal', '--journal', path], { environment: {} });
      const out = join(folder, 'archives');
      const args = ['journal', 'retain', '--keep-days', '1', '--out', out, '--dry-run', '--json'];
      const { stdout } = await runCommandLine(main, [...args, '--journal', path], { environment: {} });
      return JSON.parse(stdout).kept.map(({ reason }: { reason: string }) => reason);
    };
    expect(await whyItStays()).toEqual(['unfinished']);
    await handled('CONTRACT');
    await handled('OTHER');
    expect(await whyItStays()).toEqual(['connected']);
  });

  test('changes nothing when it is interrupted before it began', async () => {
    const outcome = await runCommandLine(main, ['inbox', 'handled', 'CONTRACT', '--journal', path], {
      environment: {},
      signal: AbortSignal.abort(),
    });
    expect(outcome.stdout).toBe('handled 0\n');
    expect(await states()).toEqual({ received: 120 });
  });

  test.each([
    ['no service', []],
    ['two services', ['A', 'B']],
    ['an option that is none', ['CONTRACT', '--note', 'x']],
  ])('refuses %s', async (_, options) => {
    expect((await handled(...options)).code).toBe(2);
    expect(await states()).toEqual({ received: 120 });
  });

  test('makes no journal', async () => {
    const other = join(folder, 'other.journal');
    const outcome = await runCommandLine(main, ['inbox', 'handled', 'CONTRACT', '--journal', other], {
      environment: {},
    });
    expect(outcome.code).not.toBe(0);
  });
});
