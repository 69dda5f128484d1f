import { contraindicationEndMs } from './contraindication-end.ts';
import type { MedicalExemption } from './search-response.ts';

/** What an exemption means at an instant. */
export type MedicalExemptionState =
  /** In force («актуален»). */
  | 'up-to-date'
  /** No longer in force («неактуален»). */
  | 'expired'
  /** Revoked («отозван»). */
  | 'revoked'
  /** The service says something that is not documented: show its words, decide nothing. */
  | 'unknown';

/**
 * What an exemption means, from everything that it says: only one code of a status is documented, so a reason of
 * revocation or an end in the past counts more than the code.
 *
 * @param atMs - the instant to judge at, milliseconds since the epoch
 * @throws {TypeError} when `atMs` is no instant
 */
export function exemptionState(exemption: MedicalExemption, atMs: number): MedicalExemptionState {
  if (!Number.isFinite(atMs)) throw new TypeError('atMs must be milliseconds since the epoch');
  const { status, revocationReason = '', temporaryContraindicationEndDate } = exemption;
  if (revocationReason.trim() !== '') return 'revoked';
  if (temporaryContraindicationEndDate !== undefined) {
    const endMs = contraindicationEndMs(temporaryContraindicationEndDate);
    if (endMs === undefined) return 'unknown';
    if (endMs <= atMs) return 'expired';
  }
  return status === 'UP_TO_DATE' ? 'up-to-date' : 'unknown';
}
