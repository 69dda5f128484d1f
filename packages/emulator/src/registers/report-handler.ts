import type { XmlElement } from '@egov-gateway/core';
import { rootOfText } from '@egov-gateway/payload';
import type {
  RegistrationReportResponse,
  ReportRequest,
  ReregistrationReportResponse,
} from '@egov-gateway/registers';

import type { DocumentTrust } from '../checks/document-trust.ts';
import { BusinessRefusal, businessError } from '../outcome.ts';
import type { RequestContext, ServiceHandler } from '../service.ts';
import { type ConsentCheck, consentRefusal } from './consent-check.ts';
import type { MadeUpCompany } from './made-up-companies.ts';
import { openSigned } from './requester-signature.ts';

/** What the built-in reports are made of. @internal */
export interface ReportParts {
  readonly companies: readonly MadeUpCompany[];
  readonly consent: ConsentCheck;
  readonly judged: DocumentTrust;
}

const dsigNamespace = 'http://www.w3.org/2000/09/xmldsig#';
const registrationDepartment = {
  code: 'EMU-0071',
  nameRu: 'Управление регистрации (эмулятор)',
  nameKz: 'Тіркеу басқармасы (эмулятор)',
};
const status = { code: 'EMU-OK', nameRu: 'Запрос обработан успешно', nameKz: 'Сұрау сәтті өңделді' };

/** Report 3005. @internal */
export function registrationReportHandler(
  parts: ReportParts,
): ServiceHandler<ReportRequest, RegistrationReportResponse> {
  return reportHandler('3005', parts, (company) => ({
    organization: {
      ...namesOf(company),
      registrationDate: company.registrationDate,
      registrationLastDate: company.registrationLastDate,
      organizationLeader: company.leader,
      foundersUl: company.founders,
      foundersFl: company.persons,
      foundersCount: company.founders.length + company.persons.length,
      activityTypeNameRu: 'Примеры',
      activityTypeNameKz: 'Мысалдар',
      headerOrganization: company.head,
      legalAddress: { rka: '0201300198716153', nameRu: 'г. Алматы', nameKz: 'Алматы қ.' },
      ...countsOf(company),
    },
    registerDeals: company.deals,
  }));
}

/** Report 3007. @internal */
export function reregistrationReportHandler(
  parts: ReportParts,
): ServiceHandler<ReportRequest, ReregistrationReportResponse> {
  return reportHandler('3007', parts, (company) => ({
    organization: {
      ...namesOf(company),
      registrationLastDate: company.registrationLastDate,
      registrationLastBases: company.grounds,
      ...countsOf(company),
    },
  }));
}

/** Repeats the head of the request, and says what the report of this kind has to say of the company. */
function reportHandler<Content>(
  kind: '3005' | '3007',
  parts: ReportParts,
  contentOf: (company: MadeUpCompany) => Content,
) {
  return async (request: ReportRequest, context: RequestContext) => {
    const company = await companyOf(request, context, parts);
    if (company instanceof BusinessRefusal) return company;
    const { requestNumber, declarantId, requestDate, requestSystemId, businessData } = request;
    const head = { requestNumber, declarantId, requestDate, requestSystemId, status };
    const reportNumber = `EMU-${kind}-${company.bin}`;
    const content = { reportNumber, ...contentOf(company), requestor: businessData.requestor };
    return { ...head, businessData: content };
  };
}

/** The company that a report is about, or why there is none: a signature or a consent that does not hold, or 404. */
async function companyOf(
  { businessData }: ReportRequest,
  { data, serviceId: accessName, receivedAtMs: atMs }: RequestContext,
  { companies, consent, judged }: ReportParts,
): Promise<MadeUpCompany | BusinessRefusal<never>> {
  // The XSD knows no signature, and a known client signs: both are taken, and a signature that is there must hold.
  if (data !== undefined && hasSignature(data)) {
    const opened = await openSigned(data, judged, atMs);
    if ('refusal' in opened) return opened.refusal;
  }
  const tokens = businessData.infoAbtToken?.tokens ?? [];
  for (const { code: token, publicKey } of tokens.length === 0 ? [{}] : tokens) {
    const refusal = consentRefusal(consent({ token, publicKey, iin: undefined, accessName, atMs }));
    if (refusal !== undefined) return businessError(refusal);
  }
  const company = companies.find(({ bin }) => bin === businessData.bin);
  return company ?? businessError({ code: '404', message: 'Сведения не найдены / Мәліметтер табылмады' });
}

function hasSignature(data: XmlElement): boolean {
  for (let child = (data.first ?? rootOfText(data.text())).first; child !== undefined; child = child.next) {
    if (child.localName === 'Signature' && child.namespace === dsigNamespace) return true;
  }
  return false;
}

function namesOf({ orgFormCode, bin, nameRu, nameKz }: MadeUpCompany) {
  return {
    orgFormCode,
    bin,
    organizationNameRu: nameRu,
    organizationNameKz: nameKz,
    registrationDepartment,
  };
}

function countsOf({ founders, persons }: MadeUpCompany) {
  return { countFlFounders: persons.length, countUlFounders: founders.length };
}
