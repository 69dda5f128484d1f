/**
 * The built-in services of the state registers.
 *
 * @module
 */
import { assertOptions, type Certificate } from '@egov-gateway/core';
import { type Person, registrationReport, reregistrationReport } from '@egov-gateway/registers';

import type { DocumentTrust } from '../checks/document-trust.ts';
import { handledService, type ServiceEntry } from '../service.ts';
import { companyHandler, emulatedCompanies } from './company-handler.ts';
import { anyConsent, type ConsentCheck } from './consent-check.ts';
import { type MadeUpCompany, madeUpCompanies } from './made-up-companies.ts';
import { madeUpPersons } from './made-up-persons.ts';
import { emulatedPersons, personHandler } from './person-handler.ts';
import { registrationReportHandler, reregistrationReportHandler } from './report-handler.ts';

/** The built-in registers of persons and companies. */
export interface RegistersServiceOptions {
  /** Who is known. Default: {@link madeUpPersons}. */
  readonly persons?: readonly Person[] | undefined;
  /** Which companies are known. Default: {@link madeUpCompanies}. */
  readonly companies?: readonly MadeUpCompany[] | undefined;
  /** Judges consents. Default: the built-in service of consents; without one, every token that is there is accepted. */
  readonly consent?: ConsentCheck | undefined;
  /**
   * Certificates of organisations whose signatures of requests are accepted although no authority in `roots` issued them,
   * such as that of your own signing key. Default: none.
   */
  readonly requesters?: readonly Certificate[] | undefined;
}

/** Every option of `registers`. @internal */
export const registersOptionNames: readonly string[] = Object.keys({
  persons: true,
  companies: true,
  consent: true,
  requesters: true,
} satisfies Record<keyof RegistersServiceOptions, true>);

/** @throws {TypeError} when an option is unknown @internal */
export function registersServices(
  options: RegistersServiceOptions,
  parts: { readonly judged: DocumentTrust; readonly consent?: ConsentCheck | undefined },
): readonly ServiceEntry[] {
  assertOptions('registers', options, registersOptionNames);
  const { persons = madeUpPersons, companies = madeUpCompanies } = options;
  const consent = options.consent ?? parts.consent ?? anyConsent;
  const { judged } = parts;
  const report = { companies, consent, judged };
  return [
    handledService(emulatedPersons, personHandler({ persons, consent })),
    handledService(emulatedCompanies, companyHandler(companies, judged)),
    handledService(registrationReport.unsigned, registrationReportHandler(report)),
    handledService(reregistrationReport.unsigned, reregistrationReportHandler(report)),
  ];
}
