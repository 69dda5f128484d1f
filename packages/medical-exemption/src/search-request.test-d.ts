import type { Service } from '@egov-gateway/core';
import { describe, expectTypeOf, test } from 'vitest';

import {
  type MedicalExemptionSearchRequest,
  type MedicalExemptionSearchResponse,
  medicalExemptionSearch,
} from './index.ts';

describe('MedicalExemptionSearchRequest', () => {
  test('has one criterion', () => {
    expectTypeOf<{ number: string }>().toExtend<MedicalExemptionSearchRequest>();
    expectTypeOf<{ iin: string }>().toExtend<MedicalExemptionSearchRequest>();
    expectTypeOf<{
      passportNumber: string;
      citizenshipCode: string;
    }>().toExtend<MedicalExemptionSearchRequest>();
  });

  test('has not none, not several, and no half passport', () => {
    expectTypeOf<Record<never, never>>().not.toExtend<MedicalExemptionSearchRequest>();
    expectTypeOf<{ number: string; iin: string }>().not.toExtend<MedicalExemptionSearchRequest>();
    expectTypeOf<{ iin: string; citizenshipCode: string }>().not.toExtend<MedicalExemptionSearchRequest>();
    expectTypeOf<{ passportNumber: string }>().not.toExtend<MedicalExemptionSearchRequest>();
    expectTypeOf<{ citizenshipCode: string }>().not.toExtend<MedicalExemptionSearchRequest>();
    expectTypeOf<{ number: number }>().not.toExtend<MedicalExemptionSearchRequest>();
    // @ts-expect-error: two criteria
    medicalExemptionSearch.request.validate({ number: '1', iin: '001300900011' });
    // @ts-expect-error: a passport needs its citizenship
    medicalExemptionSearch.request.validate({ passportNumber: 'N1' });
    // @ts-expect-error: no criterion
    medicalExemptionSearch.request.validate({});
  });
});

describe('medicalExemptionSearch', () => {
  test('is typed on both sides', () => {
    expectTypeOf(medicalExemptionSearch).toEqualTypeOf<
      Service<MedicalExemptionSearchRequest, MedicalExemptionSearchResponse>
    >();
    type Status = MedicalExemptionSearchResponse['medicalExemptionList'][number]['status'];
    expectTypeOf<'UP_TO_DATE'>().toExtend<Status>();
    expectTypeOf<'SOMETHING_NEW'>().toExtend<Status>();
  });
});
