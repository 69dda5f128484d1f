import { assertOptions, type Service } from '@egov-gateway/core';
import { defineService, type IdentityMode } from '@egov-gateway/payload';

import { type MedicalExemptionSearchRequest, searchRequest } from './search-request.ts';
import { type MedicalExemptionSearchResponse, searchResponse } from './search-response.ts';

/** What differs between the stands of the service. */
export interface MedicalExemptionSearchOptions {
  /** `serviceId` in the registry. Default: `EHEALTH_MEDICAL_EXEMPTION_SEARCH`. */
  readonly id?: string;
  /** How much of an IIN is checked before sending; test stands often use invalid ones. Default: `strict`. */
  readonly identity?: IdentityMode;
}

/**
 * The service with other settings than {@link medicalExemptionSearch}.
 *
 * @throws {TypeError} when an option is unknown or has no meaning
 */
export function createMedicalExemptionSearch(
  options: MedicalExemptionSearchOptions = {},
): Service<MedicalExemptionSearchRequest, MedicalExemptionSearchResponse> {
  assertOptions('createMedicalExemptionSearch', options, ['id', 'identity']);
  const { id = 'EHEALTH_MEDICAL_EXEMPTION_SEARCH', identity = 'strict' } = options;
  return defineService({
    id,
    request: searchRequest(identity),
    response: searchResponse(),
    innerStatus: ({ status }) => ({ code: status.code, message: status.message ?? '' }),
  });
}

/**
 * Search of medical exemptions («медотвод») of the Ministry of Health, `EHEALTH_MEDICAL_EXEMPTION_SEARCH`.
 *
 * Two statuses have to be success, that of the message and that inside the data; the client checks both.
 *
 * @see the description of the service, Приложение 2 "XSD сервиса"
 */
export const medicalExemptionSearch: Service<MedicalExemptionSearchRequest, MedicalExemptionSearchResponse> =
  createMedicalExemptionSearch();
