import { Writable } from 'node:stream';

import { describe, expect, test } from 'vitest';

import { StatusLine } from './status-line.ts';

class Terminal extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns = 20;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

describe('StatusLine', () => {
  test('writes nothing but to a terminal', () => {
    const pipe = new Terminal(false);
    const status = new StatusLine(pipe);

    status.show('half');
    status.clear();

    expect(pipe.text).toBe('');
  });

  test('shows one line, cut to the width, and takes it away', () => {
    const terminal = new Terminal(true);
    const status = new StatusLine(terminal);

    status.show('a text that is longer than the terminal is wide');
    status.clear();
    status.clear();

    expect(terminal.text).toBe('\r\u001B[2Ka text that is long\r\u001B[2K');
  });

  test('does not flicker', () => {
    const terminal = new Terminal(true);
    const status = new StatusLine(terminal);

    for (let i = 0; i < 1000; i += 1) status.show(String(i));

    expect(terminal.text.split('\r').length).toBeLessThan(50);
  });
});
