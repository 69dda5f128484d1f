import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { PortalFolder } from '../test/portal-folder.ts';

let it: PortalFolder;
beforeEach(async () => {
  it = await PortalFolder.open();
});
afterEach(() => it.close());

/** Options for a program of Node.js. */
const node = (script: string): string[] => [
  '--sign-command',
  process.execPath,
  '--sign-argument=-e',
  `--sign-argument=${script}`,
];

/** Gives the file back once it has read the whole document. */
const answer = (path: string): string =>
  `process.stdin.resume().on('end', () => process.stdout.write(require('fs').readFileSync(${JSON.stringify(path)})))`;

describe('egw ekdo send --sign-command', () => {
  test('gives the document to stdin, and takes the CMS from stdout', async () => {
    await it.document('1.pdf', { signature: 'none' });
    await it.document('2.pdf');
    const script = `
      const chunks = [];
      process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
        require('fs').writeFileSync(${JSON.stringify(it.file('seen.pdf'))}, Buffer.concat(chunks));
      });`;
    const list = await it.list(it.row('1'));
    // It signs nothing: what it was given is what is looked at here.
    const unsigned = await it.send(list, node(script));
    expect([unsigned.code, unsigned.stdout]).toEqual([1, 'not-signed 1\n']);
    expect(unsigned.stderr).toContain('the signing program wrote nothing');

    const bytes = await it.document('1.pdf', { signature: 'none' });
    const { cms } = await it.portal.signDetached('unep')(bytes);
    const signature = await it.write('cms.der', cms);
    expect((await it.send(list, node(answer(signature)))).stdout).toBe('sent 1\n');
    expect(it.portal.documents[0]?.signature?.kind).toBe('unep');
  });

  test('takes PEM and Base64 as well', async () => {
    const bytes = await it.document('1.pdf', { signature: 'none' });
    const base64 = Buffer.from((await it.portal.signDetached('unep')(bytes)).cms).toString('base64');
    await it.document('2.pdf', { bytes, signature: 'none' });
    const lines = base64.replace(/.{64}/g, '$&\n');
    await it.write('folder/1.pdf.sig', base64);
    await it.write('folder/2.pdf.sig', `-----BEGIN CMS-----\n${lines}\n-----END CMS-----\n`);
    const { code } = await it.send(await it.list(it.row('1'), it.row('2')), ['--dry-run']);
    expect(code).toBe(0);
  });

  test('involves no shell', async () => {
    await it.document('1.pdf', { signature: 'none' });
    const list = await it.list(it.row('1'));
    const trap = it.file('trap');
    const { code, stderr } = await it.send(list, ['--sign-command', `touch ${trap}; echo`]);
    expect(code).toBe(1);
    expect(stderr).toContain('cannot be started');
    const argument = await it.send(list, [...node('process.exit(3)'), `--sign-argument=; touch ${trap}`]);
    expect(argument.stderr).toContain('the signing program ended with 3');
    await expect(it.results(trap)).rejects.toThrow('ENOENT');
  });

  test('does not hand over the passwords of egw', async () => {
    await it.document('1.pdf', { signature: 'none' });
    const script = 'process.stderr.write(JSON.stringify(Object.keys(process.env))); process.exit(1)';
    const { stderr } = await it.send(await it.list(it.row('1')), node(script), {
      environment: { ...it.environment, EGW_KEY_PASSWORD: 'secret-word', OTHER: '1' },
    });
    expect(stderr).toContain('"OTHER"');
    expect(stderr).not.toContain('EGW_');
  });

  test.each([
    ['takes too long', 'setInterval(() => {}, 1000)', 'took longer than 300 ms'],
    [
      'writes without end',
      "for (;;) require('fs').writeSync(1, 'x'.repeat(65536))",
      'wrote more than 1048576 bytes',
    ],
    [
      'ends with an error',
      "console.error('PIN\\u001b[31m wrong'); process.exit(2)",
      'it says: PIN?[31m wrong',
    ],
    ['writes no CMS', "process.stdout.write('hello')", 'cannot be read as CMS'],
  ])('a program that %s stops no other document', async (_name, script, words) => {
    await it.document('1.pdf', { signature: 'none' });
    const { code, stderr } = await it.send(await it.list(it.row('1'), it.row('9')), [
      ...node(script),
      ...['--sign-timeout-ms', script.startsWith('setInterval') ? '300' : '20000'],
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(words);
    expect((await it.results()).map(([row]) => row)).toEqual(['2', '3']);
    expect(it.portal.documents).toHaveLength(0);
  });

  test('ends with the command', async () => {
    await it.document('1.pdf', { signature: 'none' });
    const controller = new AbortController();
    const list = await it.list(it.row('1'));
    const running = it.send(
      list,
      node(`require('fs').writeFileSync(${JSON.stringify(it.file('on'))}, ''); setInterval(() => {}, 1000)`),
      {
        signal: controller.signal,
      },
    );
    await expect
      .poll(() =>
        it.results(it.file('on')).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    controller.abort(new DOMException('stopped', 'AbortError'));
    expect((await running).code).toBe(3);
  });

  test.each([
    ['an argument without a program', ['--sign-argument=x']],
    ['no program', ['--sign-command', '']],
    ['a time that is none', ['--sign-command', 'x', '--sign-timeout-ms', '0']],
  ])('ends with 2 for %s', async (_name, options) => {
    await it.document('1.pdf');
    expect((await it.send(await it.list(it.row('1')), options)).code).toBe(2);
  });
});
