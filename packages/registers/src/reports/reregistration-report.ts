import { definePayload, type Payload } from '@egov-gateway/payload';
import * as z from 'zod';

import type { Same } from '../dictionary/dictionary-entry.ts';
import { type ReportResponseHead, reportHead } from './report-envelope.ts';
import {
  called,
  type ReportDictionaryEntry,
  type Requestor,
  reportDate,
  reportDictionaryEntry,
  reportText,
  requestor,
  xsInt,
} from './report-fields.ts';

/** Namespace of report 3007. */
export const reregistrationReportNamespace = 'http://kdp.3007.reports.egp.gbdul.tamur.kz';

/** A company as report 3007 has it. @see XSD of report 3007, "OrganizationType" */
export interface ReregisteredOrganization {
  /** 1 company, 2 branch, 3 representation. */
  readonly orgFormCode: number;
  readonly bin: string;
  readonly organizationNameRu: string;
  readonly organizationNameKz: string;
  readonly registrationDepartment: ReportDictionaryEntry;
  readonly registrationLastDate: string;
  /** Why it was registered again, or its data changed. Always an array. */
  readonly registrationLastBases: readonly ReportDictionaryEntry[];
  readonly countFlFounders?: number | undefined;
  readonly countUlFounders?: number | undefined;
}

/** Report 3007: the last registration of a company and why. @see XSD of report 3007, "response" */
export interface ReregistrationReportResponse extends ReportResponseHead {
  readonly businessData?:
    | {
        /** The date of the report is that of the message. */
        readonly reportNumber: string;
        readonly organization: ReregisteredOrganization;
        readonly requestor?: Requestor | undefined;
      }
    | undefined;
}

const organization = z.object({
  orgFormCode: called('OrgFormCode', xsInt()),
  bin: reportText('BIN'),
  organizationNameRu: reportText('OrganizationNameRu'),
  organizationNameKz: reportText('OrganizationNameKz'),
  registrationDepartment: called('RegistrationDepartment', reportDictionaryEntry),
  registrationLastDate: reportDate('RegistrationLastDate'),
  registrationLastBases: called('RegistrationLastBases', z.array(reportDictionaryEntry)),
  countFlFounders: xsInt().optional(),
  countUlFounders: xsInt().optional(),
});

/** @internal */
export function reregistrationReportResponse(
  received: 'checked' | 'decoded',
): Payload<ReregistrationReportResponse> {
  return definePayload({
    schema: z.object({
      ...reportHead,
      businessData: z
        .object({
          reportNumber: reportText('ReportNumber'),
          organization: called('Organization', organization),
          requestor: called('Requestor', requestor).optional(),
        })
        .optional(),
    }) as unknown as Same<ReregistrationReportResponse>,
    root: { name: 'response', namespace: reregistrationReportNamespace, prefix: 'ns2' },
    elements: { namespace: reregistrationReportNamespace, prefix: 'ns2' },
    received,
    clause: 'XSD of report 3007, "response"',
  });
}
