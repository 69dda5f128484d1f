import { fixedClock } from '@egov-gateway/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { EmulatorClock } from '../emulator-clock.ts';
import { Agenda } from './agenda.ts';
import { type Due, DueHeap } from './due-heap.ts';

function start(): {
  agenda: Agenda;
  clock: EmulatorClock;
  log: string[];
  note: (name: string) => () => Promise<void>;
} {
  const clock = new EmulatorClock(fixedClock(1000));
  const log: string[] = [];
  const note = (name: string) => async (): Promise<void> => {
    log.push(`${name} at ${clock.now()}`);
  };
  return { agenda: new Agenda(clock), clock, log, note };
}

describe('DueHeap', () => {
  test('gives back what was put in, the earliest first, equals in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 })), (instants) => {
        const heap = new DueHeap<Due>();
        for (const [order, dueAtMs] of instants.entries()) heap.push({ dueAtMs, order });
        const out: Due[] = [];
        for (let item = heap.pop(); item !== undefined; item = heap.pop()) out.push(item);
        const sorted = [...out].sort((a, b) => a.dueAtMs - b.dueAtMs || a.order - b.order);
        expect(out).toHaveLength(instants.length);
        expect(out).toEqual(sorted);
      }),
    );
  });
});

describe('Agenda', () => {
  test('does what is due, each at its own instant', async () => {
    const { agenda, clock, log, note } = start();
    agenda.add({ dueAtMs: 1300, lane: 'a', run: note('third') });
    agenda.add({ dueAtMs: 1000, lane: 'a', run: note('first') });
    agenda.add({ dueAtMs: 1200, lane: 'b', run: note('second') });
    await agenda.idle();
    expect(log).toEqual(['first at 1000']);
    await agenda.advance(250);
    expect(log).toEqual(['first at 1000', 'second at 1200']);
    expect(clock.now()).toBe(1250);
    expect(agenda.nextDueMs).toBe(1300);
    await agenda.advance(1000);
    expect(log[2]).toBe('third at 1300');
  });

  test('does in the same advance what work puts on it', async () => {
    const { agenda, clock, log } = start();
    const again = async (): Promise<void> => {
      log.push(String(clock.now()));
      if (log.length < 4) agenda.add({ dueAtMs: clock.now() + 100, lane: 'a', run: again });
    };
    agenda.add({ dueAtMs: 1000, lane: 'a', run: again });
    await agenda.advance(250);
    expect(log).toEqual(['1000', '1100', '1200']);
  });

  test('keeps the order of a lane, and lets lanes pass each other', async () => {
    const { agenda, log, note } = start();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    agenda.add({ dueAtMs: 0, lane: 'slow', run: () => gate });
    agenda.add({ dueAtMs: 0, lane: 'slow', run: note('behind') });
    agenda.add({ dueAtMs: 0, lane: 'other', run: note('other') });
    await Promise.resolve();
    await Promise.resolve();
    expect(log).toEqual(['other at 1000']);
    open();
    await agenda.idle();
    expect(log).toEqual(['other at 1000', 'behind at 1000']);
  });

  test('begins nothing after it was closed, and is idle then', async () => {
    const { agenda, log, note } = start();
    agenda.add({ dueAtMs: 0, lane: 'a', run: note('never') });
    agenda.close();
    agenda.add({ dueAtMs: 0, lane: 'a', run: note('never') });
    await agenda.advance(1000);
    expect(log).toEqual([]);
  });
});

describe('EmulatorClock', () => {
  test('never goes back', () => {
    const clock = new EmulatorClock(fixedClock(1000));
    clock.advanceTo(1500);
    clock.advanceTo(1200);
    expect(clock.now()).toBe(1500);
  });
});
