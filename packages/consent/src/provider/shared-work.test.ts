import { deferred } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { SharedWork } from './shared-work.ts';

describe('SharedWork', () => {
  test('does the same once for all who wait, and anew afterwards', async () => {
    const work = new SharedWork<number>();
    const gate = deferred<number>();
    let started = 0;
    const start = () => {
      started += 1;
      return gate.promise;
    };
    const all = [work.join('a', undefined, start), work.join('a', undefined, start)];
    const other = work.join('b', undefined, async () => 2);
    gate.resolve(1);
    expect(await Promise.all(all)).toEqual([1, 1]);
    expect(await other).toBe(2);
    expect(started).toBe(1);
    expect(await work.join('a', undefined, start)).toBe(1);
    expect(started).toBe(2);
  });

  test('tells a failure to everybody, and keeps nothing of it', async () => {
    const work = new SharedWork<number>();
    const fail = () => Promise.reject(new Error('no'));
    const all = await Promise.allSettled([work.join('a', undefined, fail), work.join('a', undefined, fail)]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await work.join('a', undefined, async () => 1)).toBe(1);
  });

  test('goes on for the others when one gives up', async () => {
    const work = new SharedWork<number>();
    const gate = deferred<number>();
    const signals: AbortSignal[] = [];
    const start = (signal: AbortSignal) => {
      signals.push(signal);
      return gate.promise;
    };
    const controller = new AbortController();
    const first = work.join('a', controller.signal, start);
    const second = work.join('a', undefined, start);
    const reason = new Error('mine');
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    expect(signals[0]?.aborted).toBe(false);
    gate.resolve(3);
    expect(await second).toBe(3);
  });

  test('ends when the last one gives up, and whoever comes then starts anew', async () => {
    const work = new SharedWork<number>();
    const signals: AbortSignal[] = [];
    const never = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<number>(() => {});
    };
    const [one, two] = [new AbortController(), new AbortController()];
    const both = [work.join('a', one.signal, never), work.join('a', two.signal, never)];
    const told = Promise.allSettled(both);
    one.abort();
    two.abort();
    await told;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(await work.join('a', undefined, async () => 4)).toBe(4);
  });

  test('is not waited for when its own beginning makes the caller give up', async () => {
    const work = new SharedWork<number>();
    const controller = new AbortController();
    const start = () => {
      controller.abort('mine');
      return Promise.resolve(1);
    };
    await expect(work.join('a', controller.signal, start)).rejects.toBe('mine');
  });

  test('starts nothing for a signal that is aborted already', async () => {
    const work = new SharedWork<number>();
    let started = 0;
    const start = async () => {
      started += 1;
      return 1;
    };
    await expect(work.join('a', AbortSignal.abort('why'), start)).rejects.toBe('why');
    expect(started).toBe(0);
  });
});
