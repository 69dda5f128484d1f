import { BusinessError } from '@egov-gateway/core';

/**
 * Whether an error says that the register has nobody, or no company, with this number: a refusal with the status code
 * `404`, which reports of ГБД ЮЛ give. The register of persons answers the same question with an empty list.
 */
export function isNotFound(error: unknown): boolean {
  return error instanceof BusinessError && error.statusCode === '404';
}
