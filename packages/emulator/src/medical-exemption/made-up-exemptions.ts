import { tinyPdf } from './tiny-pdf.ts';

/** A made-up medical exemption (медицинский отвод) of somebody who does not exist. */
export interface MadeUpExemption {
  readonly number: string;
  /** An IIN that cannot exist, its control digit right. */
  readonly iin?: string | undefined;
  readonly passportNumber?: string | undefined;
  readonly citizenshipCode?: string | undefined;
  /** `UP_TO_DATE` is the one value that a document shows; the others are made up, and say so. */
  readonly status: 'UP_TO_DATE' | 'EMU_OUTDATED' | 'EMU_REVOKED';
  /** `xs:dateTime` with an offset. */
  readonly temporaryContraindicationEndDate?: string | undefined;
  readonly revocationReason?: string | undefined;
}

/**
 * Who the built-in service knows. One person has two exemptions, one a passport instead of an IIN; everybody else is
 * not found.
 */
export const madeUpExemptions: readonly MadeUpExemption[] = [
  { number: '01085', iin: '001300900207', status: 'UP_TO_DATE' },
  {
    number: '01086',
    iin: '001300900207',
    status: 'EMU_OUTDATED',
    temporaryContraindicationEndDate: '2021-12-31T00:00:00.000+06:00',
  },
  {
    number: '01087',
    iin: '001300900232',
    status: 'EMU_REVOKED',
    revocationReason: 'Выдан по ошибке / Қате берілген (emulator)',
  },
  { number: '01088', passportNumber: 'N00000000', citizenshipCode: '000', status: 'UP_TO_DATE' },
];

/** The procedure that all of them are about, as the published sample of the service names it. */
export const madeUpProcedure = {
  code: '100',
  nameRu: 'Иммунопрофилактика от коронавирусной инфекции',
  nameKk: 'Коронавирус инфекциясына қарсы иммунопрофилактика',
} as const;

/** What a search asks for; every field may be missing. */
export interface ExemptionQuery {
  readonly number?: string | undefined;
  readonly iin?: string | undefined;
  readonly passportNumber?: string | undefined;
  readonly citizenshipCode?: string | undefined;
}

/** The exemptions that fit every field of the query; none when the query is empty. @internal */
export function findExemptions(
  query: ExemptionQuery,
  among: readonly MadeUpExemption[] = madeUpExemptions,
): readonly MadeUpExemption[] {
  const fields = (['number', 'iin', 'passportNumber', 'citizenshipCode'] as const).filter(
    (field) => query[field] !== undefined,
  );
  return fields.length === 0
    ? []
    : among.filter((exemption) => fields.every((field) => exemption[field] === query[field]));
}

/** The certificate of an exemption, or the version for printing. A page that says it is none. @internal */
export function certificateOf(exemption: MadeUpExemption, form: 'screen' | 'print'): Uint8Array {
  return tinyPdf([
    'TEST ONLY - not a document',
    `Medical exemption No ${exemption.number}`,
    `Status: ${exemption.status}`,
    `Form: ${form}`,
    'Made by the gateway emulator.',
  ]);
}
