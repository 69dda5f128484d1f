import { describe, expect, test } from 'vitest';

import type { MisbehaviourName } from './menu.ts';
import { MisbehaviourScript } from './script.ts';

function scriptOf(...names: MisbehaviourName[]): MisbehaviourScript {
  const script = new MisbehaviourScript();
  for (const name of names) script.add(name, {});
  return script;
}

describe('MisbehaviourScript', () => {
  test('hands out nothing when nothing was asked for', () => {
    const script = new MisbehaviourScript();
    expect(script.takeOnArrival()).toBeUndefined();
    expect(script.takeFor('ANY')).toBeUndefined();
    expect(script.left).toBe(0);
  });

  test('hands out the scenarios in their order, each once', () => {
    const script = scriptOf('bom', 'delay');
    expect(
      [script.takeOnArrival(), script.takeOnArrival(), script.takeOnArrival()].map((one) => one?.name),
    ).toEqual(['bom', 'delay', undefined]);
  });

  test('repeats a scenario as often as it says', () => {
    const script = new MisbehaviourScript();
    script.add('delay', { times: 2, delayMs: 7 });
    expect(script.left).toBe(2);
    expect(script.takeOnArrival()).toMatchObject({ name: 'delay', delayMs: 7 });
    expect(script.takeFor('A')).toMatchObject({ name: 'delay', delayMs: 7 });
    expect(script.takeFor('A')).toBeUndefined();
  });

  test('never ends with times Infinity', () => {
    const script = new MisbehaviourScript();
    script.add('bom', { times: Number.POSITIVE_INFINITY });
    for (let count = 0; count < 100; count++) expect(script.takeOnArrival()?.name).toBe('bom');
    expect(script.left).toBe(Number.POSITIVE_INFINITY);
  });

  test('keeps a scenario for its service, and lets others pass', () => {
    const script = new MisbehaviourScript();
    script.add('bom', { serviceId: 'A' });
    script.add('delay', {});
    expect(script.takeOnArrival()).toBeUndefined();
    expect(script.takeFor('B')?.name).toBe('delay');
    expect(script.takeFor(undefined)).toBeUndefined();
    expect(script.takeFor('A')?.name).toBe('bom');
  });

  test('forgets everything when cleared', () => {
    const script = scriptOf('bom');
    script.clear();
    expect(script.takeOnArrival()).toBeUndefined();
  });

  test.each([
    ['a name that is not on the menu', 'no-such-thing', {}],
    ['a name inherited from Object', 'toString', {}],
    ['times 0', 'bom', { times: 0 }],
    ['times that is a fraction', 'bom', { times: 1.5 }],
    ['times NaN', 'bom', { times: Number.NaN }],
    ['a negative delay', 'delay', { delayMs: -1 }],
    ['a delay beyond the timers of Node.js', 'delay', { delayMs: 2 ** 31 }],
    ['an option of another scenario', 'bom', { delayMs: 5 }],
    ['a service for what happens before it is known', 'reset-before-reading', { serviceId: 'A' }],
  ])('refuses %s', (_case, name, options) => {
    const script = new MisbehaviourScript();
    expect(() => script.add(name as MisbehaviourName, options)).toThrow(TypeError);
    expect(script.left).toBe(0);
  });
});
