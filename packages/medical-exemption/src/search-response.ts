import {
  definePayload,
  type LazyBinary,
  lazyBinary,
  type Open,
  openEnum,
  type Payload,
} from '@egov-gateway/payload';
import * as z from 'zod';

import { namespace, responseClause } from './contract.ts';
import { contraindicationEnd } from './contraindication-end.ts';

/**
 * A status of an exemption, as the service codes it.
 *
 * The description names three in Russian (актуален, неактуален, отозван), and one code is known from its sample. The
 * others are not published: do not compare with guesses, use {@link exemptionState}.
 */
export type MedicalExemptionStatus = Open<'UP_TO_DATE'>;

/** An entry of a dictionary. Its schema is not published; the fields are those of the sample. */
export interface DictionaryEntry {
  readonly code: string;
  /** In Russian. */
  readonly nameRu?: string | undefined;
  /** In Kazakh. */
  readonly nameKk?: string | undefined;
}

/** Outcome of the search, apart from that of the message. Its schema is not published; the fields are of the sample. */
export interface SearchStatus {
  /** `SUCCESS` is the only value that is known. */
  readonly code: string;
  readonly message?: string | undefined;
}

/** A medical exemption («медотвод») that was found. */
export interface MedicalExemption {
  readonly number: string;
  /** What the person is exempt from. */
  readonly medicalProcedure: DictionaryEntry;
  readonly status: MedicalExemptionStatus;
  /**
   * When the temporary contraindication ends, as written; sent when the exemption is no longer in force. `xs:dateTime`
   * by the schema, `DD-MM-YYYY` by the table: see {@link contraindicationEndMs}.
   */
  readonly temporaryContraindicationEndDate?: string | undefined;
  /** Sent when the exemption was revoked. */
  readonly revocationReason?: string | undefined;
  /** The certificate, PDF. Decoded when `bytes()` is called. The table calls it mandatory, the schema optional. */
  readonly certificate?: LazyBinary | undefined;
  /** The certificate for printing, PDF. Only the schema has it. */
  readonly printableCertificate?: LazyBinary | undefined;
}

/** Answer of the search. */
export interface MedicalExemptionSearchResponse {
  readonly status: SearchStatus;
  /** Empty when nothing was found. */
  readonly medicalExemptionList: readonly MedicalExemption[];
}

/** The payload of the answer. @see the description of the service, Приложение 2 "MedicalExemptionSearchResponse" */
export function searchResponse(): Payload<MedicalExemptionSearchResponse> {
  return definePayload({
    schema: z.object({
      status: z.object({ code: z.string(), message: z.string().optional() }),
      medicalExemptionList: z
        .array(
          z.object({
            number: z.string(),
            medicalProcedure: z.object({
              code: z.string(),
              nameRu: z.string().optional(),
              nameKk: z.string().optional(),
            }),
            status: openEnum(['UP_TO_DATE']),
            temporaryContraindicationEndDate: contraindicationEnd().optional(),
            revocationReason: z.string().optional(),
            certificate: lazyBinary().optional(),
            printableCertificate: lazyBinary().optional(),
          }),
        )
        .readonly(),
    }),
    data: { style: 'typed', type: 'MedicalExemptionSearchResponse', namespace, prefix: 'ns4' },
    clause: responseClause,
  });
}
