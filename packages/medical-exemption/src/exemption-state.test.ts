import { describe, expect, test } from 'vitest';

import { contraindicationEndMs } from './contraindication-end.ts';
import { exemptionState } from './exemption-state.ts';
import type { MedicalExemption } from './search-response.ts';

const atMs = Date.UTC(2026, 0, 13, 5);
const base: MedicalExemption = { number: '1', medicalProcedure: { code: '100' }, status: 'UP_TO_DATE' };

describe('contraindicationEndMs', () => {
  test.each([
    ['2024-02-29T00:00:00+06:00', Date.UTC(2024, 1, 28, 18)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2024-02-29T00:00:00', Date.UTC(2024, 1, 28, 19)],
    ['29-02-2024', Date.UTC(2024, 1, 29, 19)],
    ['31-12-2026', Date.UTC(2026, 11, 31, 19)],
  ])('reads %s', (text, endMs) => {
    expect(contraindicationEndMs(text)).toBe(endMs);
  });

  test.each([
    '',
    '29-02-2023',
    '32-01-2026',
    '01-13-2026',
    '2026-01-13',
    '1-1-2026',
    '01/02/2026',
    '29-02-24',
  ])('refuses %j', (text) => {
    expect(contraindicationEndMs(text)).toBeUndefined();
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('takes no offset of %s', (offsetMinutes) => {
    expect(() => contraindicationEndMs('2024-02-29T00:00:00', offsetMinutes)).toThrow(TypeError);
  });

  test('takes another offset for a text that names none', () => {
    expect(contraindicationEndMs('29-02-2024', 360)).toBe(Date.UTC(2024, 1, 29, 18));
  });
});

describe('exemptionState', () => {
  test.each<[string, Partial<MedicalExemption>, string]>([
    ['the code that is known', {}, 'up-to-date'],
    [
      'an end in the future',
      { temporaryContraindicationEndDate: '2026-01-13T10:00:00.001+05:00' },
      'up-to-date',
    ],
    ['the last day', { temporaryContraindicationEndDate: '13-01-2026' }, 'up-to-date'],
    [
      'an end at this very instant',
      { temporaryContraindicationEndDate: '2026-01-13T10:00:00+05:00' },
      'expired',
    ],
    ['an end in the past, whatever the code', { temporaryContraindicationEndDate: '12-01-2026' }, 'expired'],
    [
      'an end in the past and an unknown code',
      { status: 'X', temporaryContraindicationEndDate: '12-01-2026' },
      'expired',
    ],
    ['a reason of revocation, whatever the code', { revocationReason: 'Қате' }, 'revoked'],
    [
      'a reason and an end',
      { revocationReason: 'x', temporaryContraindicationEndDate: '12-01-2026' },
      'revoked',
    ],
    ['an empty reason', { revocationReason: ' ' }, 'up-to-date'],
    ['an unknown code', { status: 'REVOKED' }, 'unknown'],
    ['the code in another case', { status: 'up_to_date' }, 'unknown'],
    ['an end that is no date', { temporaryContraindicationEndDate: 'soon' }, 'unknown'],
  ])('of an exemption with %s', (_name, change, state) => {
    expect(exemptionState({ ...base, ...change }, atMs)).toBe(state);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('is not judged at %s', (instant) => {
    expect(() => exemptionState(base, instant)).toThrow(TypeError);
  });
});
