import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { codeOf, fixture } from '@egov-gateway/testing';
import { describe, expect, onTestFinished, test } from 'vitest';

import { faultCodeOf, post, readAnswer, requestEnvelope } from '../test/caller.ts';
import { createEmulator, loadEmulatorConfig } from './index.ts';

/** Writes a configuration into a folder of its own, with the files beside it. */
async function folderWith(config: unknown, files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emulator 100% '));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const file = join(folder, 'emulator.json');
  await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config));
  return file;
}

describe('loadEmulatorConfig', () => {
  test('reads systems, services, keys and a script, with paths relative to the file', async () => {
    const file = await folderWith(
      {
        systems: [{ senderId: 'hr', password: 'pw', certificates: ['hr.crt'] }],
        services: [
          { id: 'ECHO', file: 'my answer.xml', status: { code: 'SUCCESS', message: 'ok' } },
          { id: 'TEXT', text: '<a/>' },
        ],
        endpoints: [{ path: '/only/' }],
        misbehave: [{ name: 'delay', delayMs: 1, times: 2 }],
        responseSigning: { privateKey: 'gw.key', certificate: 'gw.crt', keyInfo: 'key-identifier' },
        roots: ['ca.crt'],
        checks: ['authorisation', 'envelope', 'transport-signature'],
        xsd: 'lenient',
        acceptWithinMs: 1000,
      },
      {
        'my answer.xml': '<text>from a file</text>',
        'hr.crt': fixture('keys/other-bin.crt'),
        'gw.key': fixture('keys/service.key'),
        'gw.crt': fixture('keys/service.crt'),
        'ca.crt': fixture('keys/ca.crt'),
      },
    );
    const emulator = await createEmulator(await loadEmulatorConfig(file));
    expect(emulator.misbehavioursLeft).toBe(2);
    expect(emulator.gatewayCertificate.bin).toBe('991340000813');
    expect(emulator.url.pathname).toBe('/only/');
    const stranger = await requestEnvelope(emulator, { senderId: 'hr', password: 'pw' });
    expect(faultCodeOf(await post(emulator.transport(), emulator.url, stranger))).toBe('EMU-SIGNER-MISMATCH');
    emulator.register({ senderId: 'hr', password: 'pw', bin: '991340000017' });
    const answer = await post(emulator.transport(), emulator.url, stranger);
    const { info, data } = await readAnswer(emulator, answer);
    expect([info.status.code, data?.first?.text()]).toEqual(['SUCCESS', 'from a file']);
  });

  test('of an empty object is no configuration at all', async () => {
    expect(await loadEmulatorConfig(await folderWith({}))).toEqual({});
  });

  test.each([
    ['text that is no JSON', '{', 'must be JSON'],
    ['a list', '[]', 'expected an object'],
    ['an unknown name', { sytems: [] }, 'sytems: no such option'],
    [
      'an unknown name below',
      { systems: [{ senderId: 'a', pasword: 'b' }] },
      'systems[0].pasword: no such option',
    ],
    ['a name of Object.prototype', '{"constructor": 1}', 'constructor: no such option'],
    ['a number as text', { acceptWithinMs: '1000' }, 'acceptWithinMs: expected a number'],
    ['an object for a list', { services: {} }, 'services: expected a list'],
    ['a number in a list of strings', { roots: [1] }, 'roots: expected a list of strings'],
    ['a word that is none of the known', { xsd: 'loose' }, 'xsd: expected one of strict, lenient'],
    ['a key without a certificate', { responseSigning: { privateKey: 'a' } }, 'belong together'],
  ])('refuses %s and says where', async (_case, config, message) => {
    await expect(loadEmulatorConfig(await folderWith(config))).rejects.toThrow(message);
  });

  test('never repeats a value', async () => {
    const file = await folderWith({ systems: [{ senderId: 'a', password: 12345 }] });
    await expect(loadEmulatorConfig(file)).rejects.toThrow(/^systems\[0\]\.password: expected a string$/);
  });

  test('refuses files that are not there or not what they should be', async () => {
    await expect(loadEmulatorConfig(await folderWith({ roots: ['no.crt'] }))).rejects.toThrow('ENOENT');
    const file = await folderWith({ roots: ['no.crt'] }, { 'no.crt': 'no certificate' });
    expect(await codeOf(() => loadEmulatorConfig(file))).toMatch(/^ERR_KEY_/);
  });

  test('leaves a name that is not on the menu to createEmulator', async () => {
    const options = await loadEmulatorConfig(await folderWith({ misbehave: [{ name: 'luck' }] }));
    await expect(createEmulator(options)).rejects.toThrow(TypeError);
  });
});
