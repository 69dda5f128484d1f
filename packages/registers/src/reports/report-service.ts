import { type AnswerStatus, assertOptions, type Service } from '@egov-gateway/core';
import { defineService, type IdentityMode, type Payload } from '@egov-gateway/payload';

import { type DocumentSigningOptions, type SignedService, signedService } from '../signing/signed-service.ts';
import {
  type RegistrationReportResponse,
  registrationReportNamespace,
  registrationReportResponse,
} from './registration-report.ts';
import type { ReportResponseHead } from './report-envelope.ts';
import { type ReportRequest, reportRequest } from './report-request.ts';
import {
  type ReregistrationReportResponse,
  reregistrationReportNamespace,
  reregistrationReportResponse,
} from './reregistration-report.ts';

/** How {@link createRegistrationReport} and {@link createReregistrationReport} are set up. */
export interface ReportOptions extends DocumentSigningOptions {
  /** `serviceId` in the registry of the gateway. Default: `GbdulReport3005_KDP`, `GbdulReport3007_KDP`. */
  readonly id?: string | undefined;
  /** How much of BIN and `declarantId` is checked in requests; answers are not. Default: `strict`. */
  readonly identity?: IdentityMode | undefined;
  /** `decoded` takes dates of answers as they are written, and an empty list of registrations. Default: `checked`. */
  readonly received?: 'checked' | 'decoded' | undefined;
  /** `status/code` of the envelope that means success. Default: `SCSS001`, `SUCCESS`, `Success`. */
  readonly successCodes?: readonly string[] | undefined;
  /**
   * Codes of the status inside the data that mean success; others become a `BusinessError`. Which they are is not
   * published. Default: none, and then an answer with `businessData` is a success and one without is none.
   */
  readonly innerSuccessCodes?: readonly string[] | undefined;
}

const optionNames = Object.keys({
  id: true,
  identity: true,
  received: true,
  successCodes: true,
  innerSuccessCodes: true,
  clock: true,
  suites: true,
} satisfies Record<keyof ReportOptions, true>);

/** A report, signed by the organisation that asks, or not. */
export interface ReportService<Response> extends SignedService<ReportRequest, Response> {
  /**
   * Takes requests that are not signed: exactly what the XSD describes. Whether the register takes them is not known; the
   * known client signs.
   */
  readonly unsigned: Service<ReportRequest, Response>;
}

/**
 * Report 3005 of ГБД ЮЛ: all registrations of a company, branch or representation («Справка о всех регистрационных
 * действиях»), with consents.
 *
 * @throws {TypeError} when an option is unknown or has no meaning
 */
export function createRegistrationReport(
  options: ReportOptions = {},
): ReportService<RegistrationReportResponse> {
  return reportService(options, {
    id: 'GbdulReport3005_KDP',
    namespace: registrationReportNamespace,
    response: registrationReportResponse,
  });
}

/**
 * Report 3007 of ГБД ЮЛ: the last registration of a company, branch or representation and its grounds, with consents.
 *
 * @throws {TypeError} when an option is unknown or has no meaning
 */
export function createReregistrationReport(
  options: ReportOptions = {},
): ReportService<ReregistrationReportResponse> {
  return reportService(options, {
    id: 'GbdulReport3007_KDP',
    namespace: reregistrationReportNamespace,
    response: reregistrationReportResponse,
  });
}

/** {@link createRegistrationReport} with its defaults. */
export const registrationReport: ReportService<RegistrationReportResponse> = createRegistrationReport();

/** {@link createReregistrationReport} with its defaults. */
export const reregistrationReport: ReportService<ReregistrationReportResponse> = createReregistrationReport();

function reportService<Response extends ReportResponseHead & { readonly businessData?: object | undefined }>(
  options: ReportOptions,
  report: {
    readonly id: string;
    readonly namespace: string;
    readonly response: (received: 'checked' | 'decoded') => Payload<Response>;
  },
): ReportService<Response> {
  assertOptions('a report', options, optionNames);
  const { id = report.id, identity = 'strict', received = 'checked', successCodes } = options;
  const { innerSuccessCodes, clock, suites } = options;
  if (received !== 'checked' && received !== 'decoded') {
    throw new TypeError("received must be 'checked' or 'decoded'");
  }
  if (innerSuccessCodes?.length === 0) throw new TypeError('innerSuccessCodes must name at least one code');
  const payload = reportRequest(report.namespace, identity);
  const innerStatus = ({ status, businessData }: Response): AnswerStatus | undefined => {
    const isSuccess = innerSuccessCodes?.includes(status.code) ?? businessData !== undefined;
    return isSuccess ? undefined : { code: status.code, message: status.nameRu };
  };
  const unsigned: Service<ReportRequest, Response> = defineService({
    id,
    request: payload,
    response: report.response(received),
    innerStatus,
    ...(successCodes === undefined ? {} : { successCodes }),
  });
  const signed = signedService({
    clock,
    suites,
    service: unsigned,
    payload,
    root: { name: 'request', namespace: report.namespace },
    style: 'element',
  });
  return Object.freeze({ ...signed, unsigned });
}
