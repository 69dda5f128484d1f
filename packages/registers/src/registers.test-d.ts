import type { Service } from '@egov-gateway/core';
import { describe, expectTypeOf, test } from 'vitest';

import {
  type CompanyResponse,
  companyByBin,
  type DictionaryEntry,
  type Person,
  type PersonRequest,
  type PersonResponse,
  personByIin,
  type RegistrationReportResponse,
  type ReportRequest,
  registrationReport,
} from './index.ts';

describe('personByIin', () => {
  test('is typed on both sides', () => {
    expectTypeOf(personByIin).toEqualTypeOf<Service<PersonRequest, PersonResponse>>();
    expectTypeOf<Omit<PersonRequest, 'kdpToken'>>().not.toExtend<PersonRequest>();
    expectTypeOf<Omit<PersonRequest, 'publicKey'>>().not.toExtend<PersonRequest>();
    // @ts-expect-error: an IIN is text
    personByIin.request.validate({ iin: 1 });
  });

  test('has lists that are always there, and texts that may be missing', () => {
    expectTypeOf<PersonResponse['persons']>().toEqualTypeOf<readonly Person[]>();
    expectTypeOf<undefined>().not.toExtend<Person['documents']>();
    expectTypeOf<undefined>().not.toExtend<Person['addresses']>();
    expectTypeOf<undefined>().toExtend<Person['patronymic']>();
    expectTypeOf<number>().not.toExtend<Person['iin']>();
  });

  test('knows codes, and takes others', () => {
    type Type = NonNullable<Person['documents'][number]['type']>['code'];
    type Code = PersonResponse['messageResult']['code'];
    expectTypeOf<'001' | '002' | '099'>().toExtend<Type>();
    expectTypeOf<'00000' | '404' | 'X'>().toExtend<Code>();
    expectTypeOf<number>().not.toExtend<Type>();
    expectTypeOf<undefined>().not.toExtend<Code>();
    expectTypeOf<{ code: string; nameRu: string; nameKz: string }>().toExtend<DictionaryEntry>();
  });
});

describe('signed services', () => {
  test('take documents', () => {
    expectTypeOf(companyByBin.service).toEqualTypeOf<Service<string | Uint8Array, CompanyResponse>>();
    expectTypeOf(registrationReport.service).toEqualTypeOf<
      Service<string | Uint8Array, RegistrationReportResponse>
    >();
    expectTypeOf(registrationReport.unsigned).toEqualTypeOf<
      Service<ReportRequest, RegistrationReportResponse>
    >();
  });
});
