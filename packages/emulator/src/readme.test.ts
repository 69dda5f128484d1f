import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import {
  type AsyncChannelOptions,
  asyncMisbehaviours,
  type EmulatedConsentOptions,
  type EmulatorOptions,
  type LaborContractsServiceOptions,
  misbehaviours,
  type PushOptions,
  type RegistersServiceOptions,
  refusalCodes,
} from './index.ts';

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

/** Every option, so that a new one is not forgotten in the table. */
const options: Record<keyof EmulatorOptions, true> = {
  systems: true,
  services: true,
  laborContracts: true,
  consent: true,
  registers: true,
  endpoints: true,
  asyncEndpoints: true,
  async: true,
  asyncStore: true,
  checks: true,
  xsd: true,
  requestInfoExtensions: true,
  acceptSoap12: true,
  roots: true,
  isRevoked: true,
  suites: true,
  responseSigning: true,
  responseMessageId: true,
  faultCodeStyle: true,
  utcOffset: true,
  secondHop: true,
  misbehave: true,
  acceptWithinMs: true,
  answerWithinMs: true,
  maxRequestBytes: true,
  maxExchanges: true,
  maxExchangeBytes: true,
  onExchange: true,
  clock: true,
};

const consentOptions: Record<keyof EmulatedConsentOptions, true> = {
  serviceId: true,
  people: true,
  undecided: true,
  statuses: true,
  answerWrapper: true,
  requestParts: true,
  ovt: true,
  companies: true,
  identity: true,
  seed: true,
};

const registersOptions: Record<keyof RegistersServiceOptions, true> = {
  persons: true,
  companies: true,
  consent: true,
  requesters: true,
};

const contractOptions: Record<keyof LaborContractsServiceOptions, true> = {
  serviceId: true,
  contracts: true,
  employees: true,
  employers: true,
  books: true,
  conditions: true,
  deadlines: true,
  calendar: true,
  earliestDate: true,
  identity: true,
  maxPayloadBytes: true,
  answer: true,
  onRawOperation: true,
};
const asyncOptions: Record<Exclude<keyof AsyncChannelOptions, 'push'>, true> = {
  dedupe: true,
  duplicates: true,
  ids: true,
  handlerDelayMs: true,
  statusNotifications: true,
  pullAmount: true,
  onEffect: true,
};
const pushOptions: Record<keyof PushOptions, true> = {
  retryDelaysMs: true,
  onFault: true,
  sign: true,
  answers: true,
  timeoutMs: true,
};

describe('README', () => {
  test.each(Object.entries(asyncMisbehaviours))(
    'describes the asynchronous scenario %s',
    (name, { stage, summary }) => {
      expect(rows).toContainEqual([`\`${name}\``, stage, summary]);
    },
  );

  test.each([...Object.keys(asyncOptions), ...Object.keys(pushOptions).map((name) => `push.${name}`)])(
    'describes the asynchronous option %s',
    (option) => {
      expect(rows.some(([first]) => first === `\`${option}\``)).toBe(true);
    },
  );

  test.each(Object.entries(misbehaviours))(
    'describes the scenario %s',
    (name, { stage, client, summary }) => {
      expect(rows).toContainEqual([`\`${name}\``, stage, client, summary]);
    },
  );

  test.each(Object.entries(refusalCodes))('describes the code %s', (code, { evidence, side, when }) => {
    expect(rows).toContainEqual([`\`${code}\``, evidence, side, when]);
  });

  test.each(Object.keys(contractOptions))('describes the option laborContracts.%s', (option) => {
    expect(rows.some(([first]) => first?.includes(`\`${option}\``))).toBe(true);
  });

  test.each(Object.keys(consentOptions))('describes the option consent.%s', (option) => {
    expect(rows.some(([first]) => first?.includes(`\`${option}\``))).toBe(true);
  });

  test.each(Object.keys(registersOptions))('describes the option registers.%s', (option) => {
    expect(rows.some(([first]) => first?.includes(`\`${option}\``))).toBe(true);
  });

  test.each(Object.keys(options))('describes the option %s', (option) => {
    expect(rows.some(([first]) => first?.includes(`\`${option}\``))).toBe(true);
  });
});
