import { assertOptions } from '@egov-gateway/core';
import { defineService, type IdentityMode } from '@egov-gateway/payload';

import { type DocumentSigningOptions, type SignedService, signedService } from '../signing/signed-service.ts';
import { type CompanyRequest, companyNamespace, companyRequest, companyRootName } from './company-request.ts';
import { type CompanyResponse, companyResponse } from './company-response.ts';

/** How {@link createCompanyByBin} is set up. */
export interface CompanyByBinOptions extends DocumentSigningOptions {
  /** `serviceId` in the registry of the gateway. Default: `GbdulInfoByBin_v2`. */
  readonly id?: string | undefined;
  /** How much of BINs is checked; test stands often have invalid ones. Default: `strict`. */
  readonly identity?: IdentityMode | undefined;
  /** `status/code` of the envelope that means success. Default: `SCSS001`, `SUCCESS`, `Success`. */
  readonly successCodes?: readonly string[] | undefined;
}

const optionNames = Object.keys({
  id: true,
  identity: true,
  successCodes: true,
  clock: true,
  suites: true,
} satisfies Record<keyof CompanyByBinOptions, true>);

/**
 * The register of companies (ГБД ЮЛ), by BIN. The request is signed by the organisation that asks, and travels as escaped
 * text. What the answer looks like is not published.
 *
 * @throws {TypeError} when an option is unknown or has no meaning
 */
export function createCompanyByBin(
  options: CompanyByBinOptions = {},
): SignedService<CompanyRequest, CompanyResponse> {
  assertOptions('createCompanyByBin', options, optionNames);
  const { id = 'GbdulInfoByBin_v2', identity = 'strict', successCodes, ...signing } = options;
  const payload = companyRequest(identity);
  const service = defineService({
    id,
    request: payload,
    response: companyResponse(),
    ...(successCodes === undefined ? {} : { successCodes }),
  });
  return signedService({
    ...signing,
    service,
    payload,
    root: { name: companyRootName, namespace: companyNamespace },
    style: 'text',
  });
}

/** {@link createCompanyByBin} with its defaults. */
export const companyByBin: SignedService<CompanyRequest, CompanyResponse> = createCompanyByBin();
