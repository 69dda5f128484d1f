import { bin, definePayload, type IdentityMode, type Payload, xml } from '@egov-gateway/payload';
import * as z from 'zod';

/** Namespace of the root of requests. */
export const companyNamespace = 'http://gbdulinfobybin_v2.egp.gbdul.tamur.kz';

/** Root of requests. */
export const companyRootName = 'Request';

/** Which company is looked for, and who asks. */
export interface CompanyRequest {
  /** BIN (БИН) of who asks. */
  readonly requestorBin: string;
  /** BIN of the company, branch or representation. */
  readonly bin: string;
}

/**
 * The payload of a request: a root in the namespace of the service, its children in none.
 *
 * @throws {TypeError} when the mode is none
 */
export function companyRequest(identity: IdentityMode): Payload<CompanyRequest> {
  return definePayload({
    schema: z.object({
      requestorBin: xml(bin({ mode: identity }), { name: 'RequestorBIN' }),
      bin: xml(bin({ mode: identity }), { name: 'BIN' }),
    }) as unknown as z.ZodType<CompanyRequest, CompanyRequest>,
    root: { name: companyRootName, namespace: companyNamespace, prefix: 'ns2' },
    data: { style: 'text', typed: false },
    clause: 'GbdulInfoByBin_v2, as public clients send it',
  });
}
