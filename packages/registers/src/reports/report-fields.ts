import { type IdentityMode, iinFault, refinedText, xml, xsDate } from '@egov-gateway/payload';
import * as z from 'zod';

import type { Same } from '../dictionary/dictionary-entry.ts';

/** An entry of a dictionary of ГБД ЮЛ. @see the XSD of the reports, "DirectoryType", "StatusType" */
export interface ReportDictionaryEntry {
  readonly code: string;
  readonly nameRu: string;
  readonly nameKz: string;
}

/** Names of a person. @see the XSD of the reports, "FIOType" */
export interface ReportPersonName {
  readonly surName?: string | undefined;
  readonly name?: string | undefined;
  readonly middleName?: string | undefined;
}

/** Who asks, as a person. @see the XSD of the reports, "PersonInfoType" */
export interface RequestingPerson extends ReportPersonName {
  readonly iin: string;
}

/** Who asks, as a company. @see the XSD of the reports, "CompanyInfoType" */
export interface RequestingOrganization {
  readonly bin: string;
  readonly organizationNameRu: string;
  readonly organizationNameKz?: string | undefined;
}

/** Who asks; shown in the printed report. @see the XSD of the reports, "RequestorType" */
export interface Requestor {
  readonly person?: RequestingPerson | undefined;
  readonly organization?: RequestingOrganization | undefined;
  /** Whether it is a company. */
  readonly legal?: boolean | undefined;
}

const intLimit = 2_147_483_648;

/** `xs:int`. @internal */
export const xsInt = (): z.ZodInt =>
  z
    .int()
    .min(-intLimit)
    .max(intLimit - 1);

/** A field whose element has another name than its key. @internal */
export const called = <Schema extends z.core.$ZodType>(name: string, schema: Schema): Schema =>
  xml(schema, { name });

/** @internal */
export const reportText = (name: string): z.ZodString => called(name, z.string());

/** @internal */
export const reportDate = (name: string): Same<string> => called(name, xsDate()) as unknown as Same<string>;

/** @internal */
export const reportDictionaryEntry: Same<ReportDictionaryEntry> = z.object({
  code: reportText('Code'),
  nameRu: reportText('NameRu'),
  nameKz: reportText('NameKz'),
});

/** @internal */
export const reportPersonName: Same<ReportPersonName> = z.object({
  surName: reportText('SurName').optional(),
  name: reportText('Name').optional(),
  middleName: reportText('MiddleName').optional(),
});

/** @internal */
export const requestor: Same<Requestor> = z.object({
  person: called(
    'Person',
    z.object({
      iin: reportText('IIN'),
      surName: reportText('SurName').optional(),
      name: reportText('Name').optional(),
      middleName: reportText('MiddleName').optional(),
    }),
  ).optional(),
  organization: called(
    'Organization',
    z.object({
      bin: reportText('BIN'),
      organizationNameRu: reportText('OrganizationNameRu'),
      organizationNameKz: reportText('OrganizationNameKz').optional(),
    }),
  ).optional(),
  legal: called('Legal', z.boolean()).optional(),
});

/** An IIN or a BIN; their control digits are the same. @internal */
export function declarantNumber(mode: IdentityMode): z.ZodString {
  return refinedText({
    kind: 'an IIN or BIN (12 digits as text)',
    breach(text) {
      const isRight =
        mode === 'strict'
          ? iinFault(text) === undefined
          : mode === 'format'
            ? /^[0-9]{12}$/.test(text)
            : text !== '';
      if (isRight) return undefined;
      const message = 'must be an IIN or a BIN: 12 digits as text, the control digit right';
      return { rule: 'identity-number', message };
    },
  });
}
