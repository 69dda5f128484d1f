// For users.

export { type CompanyByBinOptions, companyByBin, createCompanyByBin } from './companies/company-by-bin.ts';
export type { CompanyRequest } from './companies/company-request.ts';
export type { CompanyResponse } from './companies/company-response.ts';
export { type UnverifiedCompanyView, unverifiedCompanyView } from './companies/unverified-company-view.ts';
export type { DictionaryEntry } from './dictionary/dictionary-entry.ts';
export { isNotFound } from './is-not-found.ts';
export type { BirthPlace, ForeignPlace, PersonAddress, RegistrationAddress } from './persons/address.ts';
export {
  type DocumentStatusCode,
  type DocumentTypeCode,
  isDocumentValid,
  type PersonDocument,
} from './persons/identity-document.ts';
export type { MessageResult } from './persons/message-result.ts';
export type { Person } from './persons/person.ts';
export {
  createPersonByIin,
  findPerson,
  type PersonByIinOptions,
  personByIin,
} from './persons/person-by-iin.ts';
export type { PersonRequest, PersonRequestHead } from './persons/person-request.ts';
export type { PersonResponse } from './persons/person-response.ts';
export type {
  CapableStatus,
  CivilCertificate,
  DisappearStatus,
  ExcludeStatus,
  MissingStatus,
  RepatriationStatus,
} from './persons/person-statuses.ts';
export type {
  FounderPerson,
  OrganizationLeader,
  OrganizationShort,
  RegisterDeal,
  RegisteredOrganization,
  RegistrationReportResponse,
} from './reports/registration-report.ts';
export type { ReportResponseHead } from './reports/report-envelope.ts';
export type {
  ReportDictionaryEntry,
  ReportPersonName,
  RequestingOrganization,
  RequestingPerson,
  Requestor,
} from './reports/report-fields.ts';
export type {
  InfoAbtToken,
  ReportBusinessData,
  ReportRequest,
  ReportToken,
} from './reports/report-request.ts';
export {
  createRegistrationReport,
  createReregistrationReport,
  type ReportOptions,
  type ReportService,
  registrationReport,
  reregistrationReport,
} from './reports/report-service.ts';
export type {
  ReregisteredOrganization,
  ReregistrationReportResponse,
} from './reports/reregistration-report.ts';
export type { DocumentSigningOptions, SignedService } from './signing/signed-service.ts';

// For libraries.

export { companyNamespace, companyRequest, companyRootName } from './companies/company-request.ts';
export { type ReceivedPersonRequest, receivedPersonRequest } from './persons/person-request.ts';
export { registrationReportNamespace } from './reports/registration-report.ts';
export { reregistrationReportNamespace } from './reports/reregistration-report.ts';
