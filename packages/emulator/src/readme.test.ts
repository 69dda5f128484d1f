import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { asyncOptionNames, pushOptionNames } from './async/async-options.ts';
import { consentOptionNames } from './consent/service-options.ts';
import { asyncMisbehaviours, misbehaviours, refusalCodes } from './index.ts';
import { contractOptionNames } from './labor-contracts/service-options.ts';
import { emulatorOptionNames } from './options.ts';
import { registersOptionNames } from './registers/registers-services.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const rows = readme
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );

describe('README', () => {
  test.each(Object.entries(asyncMisbehaviours))(
    'describes the asynchronous scenario %s',
    (name, { stage, summary }) => {
      expect(rows).toContainEqual([`\`${name}\``, stage, summary]);
    },
  );

  test.each([
    ...asyncOptionNames.filter((name) => name !== 'push'),
    ...pushOptionNames.map((name) => `push.${name}`),
  ])('describes the asynchronous option %s', (option) => {
    expect(rows.some(([first]) => first === `\`${option}\``)).toBe(true);
  });

  test.each(Object.entries(misbehaviours))(
    'describes the scenario %s',
    (name, { stage, client, summary }) => {
      expect(rows).toContainEqual([`\`${name}\``, stage, client, summary]);
    },
  );

  test.each(Object.entries(refusalCodes))('describes the code %s', (code, { evidence, side, when }) => {
    expect(rows).toContainEqual([`\`${code}\``, evidence, side, when]);
  });

  test.each(contractOptionNames)('describes the option laborContracts.%s', (option) => {
    expect(rows.some(([first]) => first?.includes(`\`${option}\``))).toBe(true);
  });

  test.each(consentOptionNames)('describes the option consent.%s', (option) => {
    expect(rows.some(([first]) => first?.includes(`\`${option}\``))).toBe(true);
  });

  test.each(registersOptionNames)('describes the option registers.%s', (option) => {
    expect(rows.some(([first]) => first?.includes(`\`${option}\``))).toBe(true);
  });

  test.each(emulatorOptionNames)('describes the option %s', (option) => {
    expect(rows.some(([first]) => first?.includes(`\`${option}\``))).toBe(true);
  });
});
