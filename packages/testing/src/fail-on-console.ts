import { afterEach, beforeEach } from 'vitest';

/**
 * Setup file of every vitest project: a test that prints to the console fails. Libraries do not print; a test that
 * expects output replaces the method itself.
 *
 * @module
 */
const methods = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;
const originals = new Map(methods.map((method) => [method, globalThis.console[method]]));
let printed: string[] = [];

beforeEach(() => {
  printed = [];
  for (const method of methods) {
    globalThis.console[method] = () => {
      printed.push(method);
    };
  }
});

afterEach(() => {
  for (const [method, original] of originals) globalThis.console[method] = original;
  if (printed.length > 0) throw new Error(`the test printed with console.${printed.join(', console.')}`);
});
