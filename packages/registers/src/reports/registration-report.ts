import { definePayload, type Payload } from '@egov-gateway/payload';
import * as z from 'zod';

import type { Same } from '../dictionary/dictionary-entry.ts';
import { type ReportResponseHead, reportHead } from './report-envelope.ts';
import {
  called,
  type ReportDictionaryEntry,
  type ReportPersonName,
  type Requestor,
  reportDate,
  reportDictionaryEntry,
  reportPersonName,
  reportText,
  requestor,
  xsInt,
} from './report-fields.ts';

/** Namespace of report 3005. */
export const registrationReportNamespace = 'http://3005_kdp.reports.egp.gbdul.tamur.kz';

/** Head of a company (руководитель). @see XSD of report 3005, "PersonLeaderType", "PositionInfoType" */
export interface OrganizationLeader {
  readonly fio?: ReportPersonName | undefined;
  readonly positionInfo: {
    readonly nameRu: string;
    readonly nameKz: string;
    readonly appointmentDate?: string | undefined;
    /** Suspension from the position, or an appointment that is no longer in force. */
    readonly addInfoRu?: string | undefined;
    readonly addInfoKz?: string | undefined;
  };
  readonly iin?: string | undefined;
}

/** A founder or a head organisation. @see XSD of report 3005, "OrganizationShortType" */
export interface OrganizationShort {
  readonly organizationNameRu: string;
  readonly organizationNameKz: string;
  readonly bin?: string | undefined;
}

/** A founder. @see XSD of report 3005, "PersonType" */
export interface FounderPerson {
  readonly fio: ReportPersonName;
  readonly iin?: string | undefined;
}

/** One registration (регистрационное действие). @see XSD of report 3005, "RegisterDeal" */
export interface RegisterDeal {
  readonly registerDealTypeId: string;
  readonly registerDealTypeNameRu: string;
  readonly registerDealTypeNameKz: string;
  readonly registerDealTypeDate: string;
  readonly noticeRu?: string | undefined;
  readonly noticeKz?: string | undefined;
}

/** A company as report 3005 has it. @see XSD of report 3005, "OrganizationType" */
export interface RegisteredOrganization {
  /** 1 company, 2 branch, 3 representation. */
  readonly orgFormCode: number;
  readonly bin: string;
  readonly organizationNameRu: string;
  readonly organizationNameKz: string;
  readonly registrationDepartment: ReportDictionaryEntry;
  readonly registrationDate: string;
  readonly registrationLastDate?: string | undefined;
  readonly organizationLeader: OrganizationLeader;
  /** Always an array. */
  readonly foundersUl: readonly OrganizationShort[];
  /** Always an array. */
  readonly foundersFl: readonly FounderPerson[];
  readonly foundersCount?: number | undefined;
  readonly activityTypeNameRu: string;
  readonly activityTypeNameKz: string;
  readonly headerOrganization?: OrganizationShort | undefined;
  readonly legalAddress: {
    /** Code in the register of addresses (РКА). */
    readonly rka?: string | undefined;
    readonly nameRu: string;
    readonly nameKz: string;
  };
  readonly countFlFounders?: number | undefined;
  readonly countUlFounders?: number | undefined;
}

/** Report 3005: all registrations of a company. @see XSD of report 3005, "ResponseMessage" */
export interface RegistrationReportResponse extends ReportResponseHead {
  readonly businessData?:
    | {
        /** The date of the report is that of the message. */
        readonly reportNumber: string;
        readonly organization: RegisteredOrganization;
        /** At least one. */
        readonly registerDeals: readonly RegisterDeal[];
        readonly requestor?: Requestor | undefined;
      }
    | undefined;
}

const shortOrganization = z.object({
  organizationNameRu: reportText('OrganizationNameRu'),
  organizationNameKz: reportText('OrganizationNameKz'),
  bin: reportText('BIN').optional(),
});

const leader = z.object({
  fio: called('FIO', reportPersonName).optional(),
  positionInfo: called(
    'PositionInfo',
    z.object({
      nameRu: reportText('NameRu'),
      nameKz: reportText('NameKz'),
      appointmentDate: reportDate('AppointmentDate').optional(),
      addInfoRu: reportText('AddInfoRu').optional(),
      addInfoKz: reportText('AddInfoKz').optional(),
    }),
  ),
  iin: reportText('IIN').optional(),
});

const organization = z.object({
  orgFormCode: called('OrgFormCode', xsInt()),
  bin: reportText('BIN'),
  organizationNameRu: reportText('OrganizationNameRu'),
  organizationNameKz: reportText('OrganizationNameKz'),
  registrationDepartment: called('RegistrationDepartment', reportDictionaryEntry),
  registrationDate: reportDate('RegistrationDate'),
  registrationLastDate: reportDate('RegistrationLastDate').optional(),
  organizationLeader: called('OrganizationLeader', leader),
  foundersUl: called('FoundersUL', z.array(shortOrganization)),
  foundersFl: called(
    'FoundersFL',
    z.array(z.object({ fio: called('FIO', reportPersonName), iin: reportText('IIN').optional() })),
  ),
  foundersCount: called('FoundersCount', xsInt()).optional(),
  activityTypeNameRu: reportText('ActivityTypeNameRu'),
  activityTypeNameKz: reportText('ActivityTypeNameKz'),
  headerOrganization: called('HeaderOrganization', shortOrganization).optional(),
  legalAddress: called(
    'LegalAddress',
    z.object({
      rka: reportText('RKA').optional(),
      nameRu: reportText('NameRu'),
      nameKz: reportText('NameKz'),
    }),
  ),
  countFlFounders: xsInt().optional(),
  countUlFounders: xsInt().optional(),
});

const deal = z.object({
  registerDealTypeId: reportText('RegisterDealTypeId'),
  registerDealTypeNameRu: reportText('RegisterDealTypeNameRu'),
  registerDealTypeNameKz: reportText('RegisterDealTypeNameKz'),
  registerDealTypeDate: reportDate('RegisterDealTypeDate'),
  noticeRu: reportText('NoticeRu').optional(),
  noticeKz: reportText('NoticeKz').optional(),
});

/** @internal */
export function registrationReportResponse(
  received: 'checked' | 'decoded',
): Payload<RegistrationReportResponse> {
  return definePayload({
    schema: z.object({
      ...reportHead,
      businessData: z
        .object({
          reportNumber: reportText('ReportNumber'),
          organization: called('Organization', organization),
          registerDeals: called('RegisterDeals', z.array(deal).min(1)),
          requestor: called('Requestor', requestor).optional(),
        })
        .optional(),
    }) as unknown as Same<RegistrationReportResponse>,
    root: { name: 'response', namespace: registrationReportNamespace, prefix: 'ns2' },
    elements: { namespace: registrationReportNamespace, prefix: 'ns2' },
    received,
    clause: 'XSD of report 3005, "ResponseMessage"',
  });
}
