// For users.

export { contraindicationEndMs } from './contraindication-end.ts';
export { exemptionState, type MedicalExemptionState } from './exemption-state.ts';
export {
  createMedicalExemptionSearch,
  type MedicalExemptionSearchOptions,
  medicalExemptionSearch,
} from './medical-exemption-search.ts';
export type { MedicalExemptionSearchRequest } from './search-request.ts';
export type {
  DictionaryEntry,
  MedicalExemption,
  MedicalExemptionSearchResponse,
  MedicalExemptionStatus,
  SearchStatus,
} from './search-response.ts';
