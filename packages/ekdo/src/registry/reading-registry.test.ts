import { createMemoryJournal } from '@egov-gateway/journal';
import { describe, expect, test } from 'vitest';

import { clientParty, sampleDocument } from '../../test/client-party.ts';
import { EkdoRegistry } from './ekdo-registry.ts';

const entry = { key: 'order-1', ...sampleDocument };

describe('an EkdoRegistry without a client', () => {
  test('tells what another one has sent', async () => {
    const journal = createMemoryJournal();
    await new EkdoRegistry({ client: clientParty().client, journal }).send(entry);
    const reader = new EkdoRegistry({ journal });
    expect(await reader.status('order-1')).toMatchObject({ state: 'in-force', id: 'id-1' });
    expect((await reader.history('order-1')).map(({ kind }) => kind)).toContain('answered');
    const keys: string[] = [];
    for await (const { key } of reader.list()) keys.push(key);
    expect(keys).toEqual(['order-1']);
  });

  test('sends, selects and asks nothing', async () => {
    const journal = createMemoryJournal();
    await new EkdoRegistry({ client: clientParty().client, journal }).send(entry);
    const reader = new EkdoRegistry({ journal });
    await expect(reader.send({ ...entry, key: 'order-2' })).rejects.toThrow(TypeError);
    await expect(reader.ready([{ ...entry, key: 'order-2' }])).rejects.toThrow(TypeError);
    await expect(reader.askStatus('order-1')).rejects.toThrow(TypeError);
    expect((await journal.find({})).messages).toHaveLength(2);
  });

  test.each([null, {}, 'client'])('takes %j for no client', (client) => {
    expect(() => new EkdoRegistry({ client: client as never, journal: createMemoryJournal() })).toThrow(
      TypeError,
    );
  });
});
