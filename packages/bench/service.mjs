/** The typed service that the SDK is measured with. Peers handle the same elements as text. */
import { binary, definePayload, defineService } from '@egov-gateway/payload';
import * as z from 'zod';

const record = z.object({
  number: z.string(),
  medicalProcedure: z.object({ code: z.string(), nameRu: z.string(), nameKk: z.string() }),
  status: z.string(),
  issuedDate: z.string(),
});

/** The same elements in both directions. */
export const payload = definePayload({
  schema: z.object({
    medicalExemption: z.array(record),
    file: z.object({ name: z.string(), content: binary() }).optional(),
  }),
  data: {
    style: 'typed',
    type: 'MedicalExemptionSearchRequest',
    namespace: 'http://ehealth.kz/integration/sync',
    prefix: 'ns5',
  },
});

export const service = defineService({
  id: 'EHEALTH_MEDICAL_EXEMPTION_SEARCH',
  request: payload,
  response: payload,
});
