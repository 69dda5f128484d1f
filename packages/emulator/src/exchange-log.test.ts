import { inspect } from 'node:util';

import { describe, expect, test } from 'vitest';

import type { Exchange } from './exchange.ts';
import { ExchangeLog } from './exchange-log.ts';

function fields(log: ExchangeLog, changes: Partial<Exchange> = {}): Exchange {
  return {
    number: log.nextNumber(),
    path: '/bip-sync/',
    receivedAtMs: 0,
    durationMs: 1,
    result: 'answered',
    passed: [],
    request: Buffer.from('<password>s3cret</password>'),
    answer: Buffer.from('<iin>001300900011</iin>'),
    ...changes,
  };
}

describe('ExchangeLog', () => {
  test('keeps exchanges in order and numbers them from 1', () => {
    const log = new ExchangeLog();
    log.append(fields(log));
    log.append(fields(log));
    expect(log.exchanges.map(({ number }) => number)).toEqual([1, 2]);
  });

  test('drops the oldest beyond its number', () => {
    const log = new ExchangeLog({ maxExchanges: 2 });
    for (let count = 0; count < 5; count++) log.append(fields(log));
    expect(log.exchanges.map(({ number }) => number)).toEqual([4, 5]);
  });

  test('drops the oldest beyond its bytes, and always keeps the newest', () => {
    const log = new ExchangeLog({ maxExchangeBytes: 100 });
    log.append(fields(log, { request: new Uint8Array(60), answer: undefined }));
    log.append(fields(log, { request: new Uint8Array(30), answer: new Uint8Array(30) }));
    expect(log.exchanges.map(({ number }) => number)).toEqual([2]);
    log.append(fields(log, { request: new Uint8Array(500), answer: undefined }));
    expect(log.exchanges.map(({ number }) => number)).toEqual([3]);
  });

  test('hands out a picture that does not change', () => {
    const log = new ExchangeLog();
    const before = log.exchanges;
    log.append(fields(log));
    expect(before).toEqual([]);
    expect(Object.isFrozen(before)).toBe(true);
  });

  test('tells of every exchange, after it is in the log', async () => {
    const told: number[] = [];
    const log = new ExchangeLog({ onExchange: ({ number }) => told.push(number) });
    log.append(fields(log));
    expect(told).toEqual([]);
    await Promise.resolve();
    expect(told).toEqual([1]);
  });

  test('is empty after clear and goes on counting', () => {
    const log = new ExchangeLog();
    log.append(fields(log));
    log.clear();
    expect(log.exchanges).toEqual([]);
    expect(log.append(fields(log)).number).toBe(2);
  });

  test('prints neither the bytes nor the error of an exchange', () => {
    const log = new ExchangeLog();
    const exchange = log.append(fields(log, { error: new Error('001300900011') }));
    for (const printed of [inspect(exchange), inspect([exchange], { depth: 9 }), JSON.stringify(exchange)]) {
      expect(printed).not.toContain('s3cret');
      expect(printed).not.toContain('001300900011');
      expect(printed).toContain('/bip-sync/');
    }
    expect(Buffer.from(exchange.request).toString()).toContain('s3cret');
    expect(exchange.error).toBeInstanceOf(Error);
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses %s as a limit', (limit) => {
    expect(() => new ExchangeLog({ maxExchanges: limit })).toThrow(TypeError);
    expect(() => new ExchangeLog({ maxExchangeBytes: limit })).toThrow(TypeError);
  });
});
