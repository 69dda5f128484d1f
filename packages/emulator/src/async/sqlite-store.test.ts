import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fixedClock } from '@egov-gateway/core';
import { openDatabase } from '@egov-gateway/journal/database';
import { describe, expect, onTestFinished, test } from 'vitest';

import { AsyncParty } from '../../test/async-party.ts';
import { faultCodeOf } from '../../test/caller.ts';
import { echo } from '../../test/echo-service.ts';
import { createEmulator, type Emulator, type EmulatorOptions } from '../index.ts';

const clock = fixedClock(Date.UTC(2026, 10, 1, 6));

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'emulator-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function open(path: string, options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator({ clock, asyncStore: { path }, ...options });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** What is on the disk at this instant, as a process would find it that was started after a SIGKILL. */
function crashed(path: string): string {
  const copy = join(folder(), 'copy.db');
  for (const suffix of ['', '-wal']) {
    if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
  }
  return copy;
}

describe('asyncStore', () => {
  test('keeps what was acknowledged, with its data, its dates and its ids', async () => {
    const path = join(folder(), 'a.db');
    const first = await open(path);
    first.asyncService(echo, () => undefined, { delayMs: 1000 });
    const { messageId, correlationId = '' } = await new AsyncParty(first, { clock }).message('сәлем');

    const second = await open(crashed(path));
    const seen: string[] = [];
    second.asyncService(echo, (text) => {
      seen.push(text);
      return `${text}!`;
    });
    await second.idle();
    expect(seen).toEqual([]);
    await second.advance(1000);
    expect(seen).toEqual(['сәлем']);
    const party = new AsyncParty(second, { clock });
    expect((await party.status(messageId)).messageState).toBe('DELIVERED');
    expect(await party.pulled({ correlationId })).toEqual(['RESPONSE сәлем!']);
    await party.message('x');
    const ids = second.chains.flatMap(({ messages }) => messages.map((one) => one.messageId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('keeps an answer that is put off, a notice that is to be pushed, and what was recognised', async () => {
    const path = join(folder(), 'a.db');
    const async = { dedupe: 'message-id' } as const;
    const first = await open(path, { async });
    first.pushTo('test-system', async () => Promise.reject(new Error('not there')));
    first.asyncService(echo, async (_text, chain) => {
      await chain.respond('late', { afterMs: 86_400_000 });
    });
    const { messageId } = await new AsyncParty(first, { clock }).message('a', { messageId: 'own' });
    await first.idle();

    const second = await open(crashed(path), { async });
    const party = new AsyncParty(second, { clock });
    second.pushTo('test-system', party.receive);
    const again = await party.message('a', { messageId: 'own' });
    expect(again.messageId).toBe(messageId);
    await second.advance(86_400_000);
    expect(party.pushed).toMatchObject([
      { kind: 'status', messageId, what: 'DELIVERED' },
      { what: 'RESPONSE', text: 'late' },
    ]);
  });

  test('tells onEffect once more of what it had not finished with', async () => {
    const path = join(folder(), 'a.db');
    const broken = (): never => {
      throw new Error('killed');
    };
    const first = await open(path, { async: { onEffect: broken } });
    first.asyncService(echo, () => undefined);
    const { messageId } = await new AsyncParty(first, { clock }).message('a', { messageId: 'own' });
    const effects: unknown[] = [];
    const onEffect = (effect: unknown): void => void effects.push(effect);
    const copy = crashed(path);
    const second = await open(copy, { async: { onEffect } });
    expect(effects).toMatchObject([
      { messageId, senderMessageId: 'own', senderId: 'test-system', text: 'a' },
    ]);
    await second.close();
    await open(copy, { async: { onEffect } });
    expect(effects).toHaveLength(1);
  });

  test('goes on after it was closed', async () => {
    const path = join(folder(), 'a.db');
    const first = await open(path);
    first.asyncService(echo, () => undefined);
    const { correlationId } = await new AsyncParty(first, { clock }).message('a');
    await first.close();
    const second = await open(path);
    expect(second.chains.map((chain) => chain.correlationId)).toEqual([correlationId]);
  });

  test('accepts nothing that it cannot keep, such as beside another emulator on the same file', async () => {
    const path = join(folder(), 'a.db');
    const [first, second] = [await open(path), await open(path)];
    for (const emulator of [first, second]) emulator.asyncService(echo, () => undefined);
    await new AsyncParty(first, { clock }).message('a');
    const answer = await new AsyncParty(second, { clock }).post('b');
    expect(faultCodeOf(answer)).toBe('EMU-STORE-ERROR');
    expect(second.chains).toEqual([]);
    expect(second.exchanges[0]?.error).toBeInstanceOf(Error);
  });

  test('is refused while another program has locked it', async () => {
    const path = join(folder(), 'a.db');
    const other = await openDatabase(path);
    onTestFinished(() => other.close());
    other.exec('BEGIN EXCLUSIVE');
    await expect(createEmulator({ asyncStore: { path } })).rejects.toMatchObject({
      code: 'ERR_JOURNAL_LOCKED',
    });
    other.exec('ROLLBACK');
  });

  test('says when the file is none, the folder is missing, or the version is another', async () => {
    const path = folder();
    writeFileSync(join(path, 'text'), 'not a database at all, whatever its name says it is'.repeat(30));
    const refused = (name: string): Promise<unknown> =>
      createEmulator({ asyncStore: { path: join(path, name) } });
    await expect(refused('text')).rejects.toMatchObject({ code: 'ERR_JOURNAL_DAMAGED' });
    await expect(refused('none/a.db')).rejects.toMatchObject({ code: 'ERR_JOURNAL_OPEN' });
    await (await open(join(path, 'new.db'))).close();
    const database = await openDatabase(join(path, 'new.db'));
    database.exec('UPDATE base SET version = 2');
    database.close();
    await expect(refused('new.db')).rejects.toMatchObject({ code: 'ERR_JOURNAL_SCHEMA' });
  });
});
