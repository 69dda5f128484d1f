import type { ServiceEntry } from '../service.ts';

/** @internal */
export function medicalExemptionService(): ServiceEntry {
  return { id: 'EHEALTH_MEDICAL_EXEMPTION_SEARCH', serve: () => Promise.reject(new Error('not yet')) };
}
