import { fixedClock } from '@egov-gateway/core';
import { parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type ContractRequest, createLaborContracts } from './index.ts';

const contracts = createLaborContracts({ serviceId: 'TEST', clock: fixedClock(Date.UTC(2026, 0, 13, 5)) });

/** Text that could stand in a field, right or wrong. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom(
    '991340000017',
    '001300900207',
    '2026-01-12+05:00',
    '2026-01-13',
    '05',
    '2511-1-002',
    ']]>&<',
  ),
);
/** Anything that a program could put there. */
const anything = fc.oneof({ weight: 6, arbitrary: text }, { weight: 1, arbitrary: fc.anything() });
const optional = { requiredKeys: [] };
const employerData = fc.record({ bin: anything });

const requests = fc.oneof(
  fc.record({
    newContractData: fc.record(
      {
        employerData,
        employeeData: fc.record({ iin: anything }, optional),
        contractData: fc.record(
          {
            contractNumber: anything,
            contractDate: anything,
            beginDate: anything,
            position: anything,
            establishedPost: anything,
          },
          optional,
        ),
        documentData: fc.record({ conscript: anything }, optional),
      },
      optional,
    ),
  }),
  fc.record({
    terminationContractData: fc.record(
      { employerData, contractId: anything, terminationDate: anything, terminationReason: anything },
      optional,
    ),
  }),
  fc.record({ rawOperation: fc.record({ name: anything, content: anything }, optional) }),
  fc.anything(),
) as fc.Arbitrary<ContractRequest>;

/** Requests of which only single texts are left to chance: most of them may be sent. */
const sendable = fc.record({
  subsidiaryContractData: fc.record({
    employerData: fc.constant({ bin: '991340000017' }),
    contractId: text,
    subsidiaryContractNumber: text,
    subsidiaryContractDate: fc.constantFrom('2026-01-12', '2026-01-12+05:00', '2025-12-31Z'),
    beginDate: fc.constantFrom('2026-01-13', '2030-02-28+06:00'),
    position: text,
    establishedPost: text,
  }),
});

describe('any request', () => {
  test('is either refused with issues or written, and never breaks anything', async () => {
    await fc.assert(
      fc.property(requests, (request) => {
        const { issues } = contracts.check(request);
        if (issues.length > 0)
          expect(() => contracts.encode(request)).toThrow('rule(s) of the contract are broken');
        else expect(parseXml(contracts.encode(request)).root.localName).toBe('contractRequest');
      }),
      { numRuns: 500 },
    );
  });

  test('that may be sent is read as it was', async () => {
    let sent = 0;
    await fc.assert(
      fc.property(sendable, (request) => {
        if (contracts.check(request).issues.length > 0) return;
        sent++;
        const read = contracts.read(parseXml(contracts.encode(request)).root);
        // On receive white space around a value is cut off, and runs of it become one.
        const trimmed = Object.entries(request.subsidiaryContractData).map(([key, value]) => [
          key,
          typeof value === 'string' ? value.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '') : value,
        ]);
        expect(read).toEqual({ subsidiaryContractData: Object.fromEntries(trimmed) });
      }),
      { numRuns: 300 },
    );
    expect(sent).toBeGreaterThan(30);
  });

  test('has no value in the words about it', async () => {
    const secret = fc.stringMatching(/^[0-9]{6,14}$/);
    await fc.assert(
      fc.property(secret, secret, (bin, iin) => {
        const request = {
          newContractData: {
            employerData: { bin },
            employeeData: { iin },
            contractData: { contractDate: iin },
          },
        } as unknown as ContractRequest;
        const words = JSON.stringify(contracts.check(request));
        expect(words).not.toContain(bin);
        expect(words).not.toContain(iin);
      }),
    );
  });
});
