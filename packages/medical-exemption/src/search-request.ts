import { definePayload, type IdentityMode, iin, type Payload } from '@egov-gateway/payload';
import * as z from 'zod';

import { namespace, requestClause } from './contract.ts';

/**
 * By what to search: the number of the exemption, or the IIN of the person, or a passport with its citizenship.
 *
 * The table of the description calls the passport number numeric; the schema, which is what the service reads, has it as
 * text. The dictionary of `citizenshipCode` is not named anywhere: ask the owner of the service.
 */
export type MedicalExemptionSearchRequest =
  | {
      /** Number of the exemption («Справка №»). */
      readonly number: string;
      readonly iin?: undefined;
      readonly passportNumber?: undefined;
      readonly citizenshipCode?: undefined;
    }
  | {
      /** IIN (ИИН) of the person, 12 digits. */
      readonly iin: string;
      readonly number?: undefined;
      readonly passportNumber?: undefined;
      readonly citizenshipCode?: undefined;
    }
  | {
      /** Number of the passport. */
      readonly passportNumber: string;
      /** Citizenship («Гражданство»), required with the passport number. */
      readonly citizenshipCode: string;
      readonly number?: undefined;
      readonly iin?: undefined;
    };

interface Criteria {
  readonly number?: string | undefined;
  readonly iin?: string | undefined;
  readonly passportNumber?: string | undefined;
  readonly citizenshipCode?: string | undefined;
}

// A rule across fields must be told even when a single field is wrong already.
const always = { when: () => true };

/** The payload of the request. @see the description of the service, Приложение 2 "MedicalExemptionSearchRequest" */
export function searchRequest(identity: IdentityMode): Payload<MedicalExemptionSearchRequest> {
  const text = z.string().min(1);
  const schema = z
    .object({
      number: text.optional(),
      iin: iin({ mode: identity }).optional(),
      passportNumber: text.optional(),
      citizenshipCode: text.optional(),
    })
    .refine((value) => criteriaOf(value) > 0, {
      ...always,
      params: { rule: 'search-criteria', clause: requestClause },
      error: 'needs number, or iin, or passportNumber with citizenshipCode',
    })
    .refine((value) => criteriaOf(value) <= 1, {
      ...always,
      params: { rule: 'search-criteria', clause: requestClause },
      error: 'has several search criteria; what the service does with them is not documented, keep one',
    })
    .refine((value) => isAbsent(value.passportNumber) || !isAbsent(value.citizenshipCode), {
      ...always,
      path: ['citizenshipCode'],
      params: { rule: 'required-with', clause: requestClause },
      error: 'is required with passportNumber',
    })
    .refine((value) => isAbsent(value.citizenshipCode) || !isAbsent(value.passportNumber), {
      ...always,
      path: ['passportNumber'],
      params: { rule: 'required-with', clause: requestClause },
      error: 'is required with citizenshipCode',
    });
  return definePayload({
    // The rules above leave exactly the combinations of the union.
    schema: schema as unknown as z.ZodType<MedicalExemptionSearchRequest, MedicalExemptionSearchRequest>,
    data: { style: 'typed', type: 'MedicalExemptionSearchRequest', namespace, prefix: 'ns5' },
    clause: requestClause,
  });
}

function criteriaOf(value: Criteria): number {
  const hasPassport = !isAbsent(value.passportNumber) || !isAbsent(value.citizenshipCode);
  return Number(!isAbsent(value.number)) + Number(!isAbsent(value.iin)) + Number(hasPassport);
}

function isAbsent(value: unknown): boolean {
  return value === undefined;
}
