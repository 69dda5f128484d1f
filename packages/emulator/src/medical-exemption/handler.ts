import type { AnswerStatus } from '@egov-gateway/core';
import type {
  MedicalExemption,
  MedicalExemptionSearchRequest,
  MedicalExemptionSearchResponse,
} from '@egov-gateway/medical-exemption';
import { LazyBinary } from '@egov-gateway/payload';

import { businessError, reply } from '../outcome.ts';
import type { ServiceHandler } from '../service.ts';
import {
  certificateOf,
  findExemptions,
  type MadeUpExemption,
  madeUpExemptions,
  madeUpProcedure,
} from './made-up-exemptions.ts';

/** Options of {@link medicalExemptionHandler}. */
export interface MedicalExemptionHandlerOptions {
  /** Who is known. Default: {@link madeUpExemptions}. */
  readonly exemptions?: readonly MadeUpExemption[] | undefined;
  /**
   * The refusal when nothing is found, as both statuses. Default: none, the answer is a success with an empty list;
   * the service's description has no field for its "notice of absence" and shows no code.
   */
  readonly notFound?: AnswerStatus | undefined;
}

const success = { code: 'SUCCESS', message: 'The request has been processed' };
const successEmpty = {
  code: 'SUCCESS',
  message: 'Медицинский отвод не найден / Медициналық бас тарту табылмады',
};

/**
 * The handler behind the built-in `EHEALTH_MEDICAL_EXEMPTION_SEARCH`, for emulators that want it otherwise.
 *
 * @example
 * const notFound = { code: 'NOT_FOUND', message: 'nothing' };
 * emulator.service(medicalExemptionSearch, medicalExemptionHandler({ notFound }));
 */
export function medicalExemptionHandler(
  options: MedicalExemptionHandlerOptions = {},
): ServiceHandler<MedicalExemptionSearchRequest, MedicalExemptionSearchResponse> {
  const { exemptions = madeUpExemptions, notFound } = options;
  return (query) => {
    const found = findExemptions(query, exemptions);
    const status = found.length > 0 ? success : (notFound ?? successEmpty);
    const response = { status, medicalExemptionList: found.map(toExemption) };
    return status === notFound ? businessError(notFound, response) : reply(response, { status });
  };
}

function toExemption(exemption: MadeUpExemption): MedicalExemption {
  const { number, status, temporaryContraindicationEndDate, revocationReason } = exemption;
  return {
    number,
    medicalProcedure: madeUpProcedure,
    status,
    temporaryContraindicationEndDate,
    revocationReason,
    certificate: LazyBinary.from(certificateOf(exemption, 'screen')),
    printableCertificate: LazyBinary.from(certificateOf(exemption, 'print')),
  };
}
