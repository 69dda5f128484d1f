import { ParseError, type Service } from '@egov-gateway/core';
import {
  type CompanyResponse,
  companyByBin,
  companyNamespace,
  companyRequest,
} from '@egov-gateway/registers';
import { createXmlWriter, xmlName } from '@egov-gateway/xml';

import type { DocumentTrust } from '../checks/document-trust.ts';
import { type BusinessRefusal, businessError } from '../outcome.ts';
import type { ServiceHandler } from '../service.ts';
import type { MadeUpCompany } from './made-up-companies.ts';
import { openSigned } from './requester-signature.ts';

/** The service of the built-in register of companies: it judges documents itself. @internal */
export const emulatedCompanies: Service<string | Uint8Array, CompanyResponse> = Object.freeze({
  ...companyByBin.service,
  request: { ...companyByBin.service.request, validate: () => [] },
});

/** @internal */
export function companyHandler(
  companies: readonly MadeUpCompany[],
  judged: DocumentTrust,
): ServiceHandler<string | Uint8Array, CompanyResponse> {
  const payload = companyRequest('off');
  return async (_document, { data, receivedAtMs }) => {
    if (data === undefined) return notAsked('there is no document');
    const opened = await openSigned(data, judged, receivedAtMs);
    if ('refusal' in opened) return opened.refusal;
    let bin: string;
    try {
      ({ bin } = payload.readDocument(opened.root));
    } catch (error) {
      if (error instanceof ParseError) return notAsked(error.code);
      throw error;
    }
    const company = companies.find((one) => one.bin === bin);
    return { root: undefined, text: documentOf(company) };
  };
}

function notAsked(reason: string): BusinessRefusal<never> {
  return businessError({
    code: 'EMU-REQUEST',
    message: `emulator: this is no request for a company: ${reason}`,
  });
}

/** The answer, in names that one public test fixture has and no description confirms. */
function documentOf(company: MadeUpCompany | undefined): string {
  const writer = createXmlWriter();
  const entry = (name: string, fields: Readonly<Record<string, string | undefined>>): void => {
    writer.open(name);
    for (const [field, value] of Object.entries(fields)) if (value !== undefined) writer.leaf(field, value);
    writer.close();
  };
  writer.open(xmlName('responseDataType', companyNamespace, 'ns3'));
  entry(
    'Status',
    company === undefined
      ? { Code: 'EMU-NOT-FOUND', NameRu: 'Сведения не найдены', NameKz: 'Мәліметтер табылмады' }
      : { Code: '002', NameRu: 'Запрос обработан успешно', NameKz: 'Сұрау сәтті өңделді' },
  );
  if (company !== undefined) {
    writer.open('Organization');
    writer.leaf('BIN', company.bin);
    entry('RegStatus', { NameRu: company.status.nameRu, NameKz: company.status.nameKz });
    writer.leaf('RegistrationDate', company.registrationDate);
    writer.leaf('FullNameRu', company.nameRu);
    writer.leaf('FullNameKz', company.nameKz);
    entry('OrganizationLeader', { IIN: company.leader.iin });
    writer.close();
  }
  writer.close();
  return new TextDecoder().decode(writer.finish().bytes);
}
