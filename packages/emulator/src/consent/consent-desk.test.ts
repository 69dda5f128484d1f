import { describe, expect, test } from 'vitest';

import { ConsentDesk } from './consent-desk.ts';

describe('the memory of the desk', () => {
  const iin = '001300900309';
  const issueAt = (desk: ConsentDesk, atMs: number, expiresInMs: number) =>
    desk.issue({ iin, accessNames: ['A'], expiresInMs, atMs });

  test('forgets the oldest expired consent first, then the oldest', () => {
    const desk = new ConsentDesk([], 'seed', 3);
    const long = issueAt(desk, 0, 1000);
    const short = issueAt(desk, 1, 10);
    const shorter = issueAt(desk, 2, 5);
    const fourth = issueAt(desk, 11, 1000);
    expect(desk.issued).toEqual([long, shorter, fourth]);
    const fifth = issueAt(desk, 12, 1000);
    expect(desk.issued).toEqual([long, fourth, fifth]);
    const sixth = issueAt(desk, 13, 1000);
    expect(desk.issued).toEqual([fourth, fifth, sixth]);
    const { token, publicKey } = short;
    expect(desk.check({ token, publicKey, iin, accessName: 'A', atMs: 5 })).toBe('unknown');
    expect(new Set([long, short, shorter, fourth, fifth, sixth].map((one) => one.token)).size).toBe(6);
  });

  test('reaches back 10 000 consents', () => {
    const desk = new ConsentDesk([], 'seed');
    const first = issueAt(desk, 0, 1000);
    for (let count = 1; count < 10_000; count += 1) issueAt(desk, 0, 1000);
    expect(desk.issued[0]).toBe(first);
    issueAt(desk, 0, 1000);
    expect(desk.issued).toHaveLength(10_000);
    expect(desk.issued).not.toContain(first);
  });
});
