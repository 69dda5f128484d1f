import * as z from 'zod';

import { type DictionaryEntry, dictionaryEntry, type Same } from '../dictionary/dictionary-entry.ts';
import { registerDate, registerText } from '../dictionary/register-text.ts';

/** A certificate of birth or of death. */
export interface CivilCertificate {
  readonly number?: string | undefined;
  readonly beginDate?: string | undefined;
  readonly issueOrganisation?: string | undefined;
}

/** What a court has said about legal capacity (дееспособность). */
export interface CapableStatus {
  readonly capableStatus?: DictionaryEntry | undefined;
  readonly capableDate?: string | undefined;
  readonly capableEndDate?: string | undefined;
  readonly capableNumber?: string | undefined;
  readonly court?: DictionaryEntry | undefined;
}

/** Missing («пропал без вести»). */
export interface MissingStatus {
  readonly missing?: boolean | undefined;
  readonly missingDate?: string | undefined;
  readonly missingEndDate?: string | undefined;
  readonly missingNumber?: string | undefined;
  readonly gpTerritorial?: DictionaryEntry | undefined;
}

/** Wanted: hides from an inquiry or a court. */
export interface DisappearStatus {
  readonly disappear?: boolean | undefined;
  readonly disappearDate?: string | undefined;
  readonly disappearEndDate?: string | undefined;
  readonly disappearNumber?: string | undefined;
  readonly gpTerritorial?: DictionaryEntry | undefined;
}

/** The IIN was taken out of the register. */
export interface ExcludeStatus {
  readonly excludeReason?: DictionaryEntry | undefined;
  /** Two known clients and classes generated from a schema have a date here, two others a dictionary, which is refused. */
  readonly excludeReasonDate?: string | undefined;
  readonly excludeDate?: string | undefined;
  readonly excludeParticipant?: DictionaryEntry | undefined;
}

/** Repatriate (оралман, кандас). */
export interface RepatriationStatus {
  readonly repatriationStatus?: DictionaryEntry | undefined;
  readonly repatriationDate?: string | undefined;
  readonly repatriationEndDate?: string | undefined;
  readonly repatriationNumber?: string | undefined;
  readonly repatriationOrg?: DictionaryEntry | undefined;
  readonly repatriationReason?: DictionaryEntry | undefined;
}

/** @internal */
export const civilCertificate: Same<CivilCertificate> = z.object({
  number: registerText().optional(),
  beginDate: registerDate().optional(),
  issueOrganisation: registerText().optional(),
});

/** @internal */
export const capableStatus: Same<CapableStatus> = z.object({
  capableStatus: dictionaryEntry(),
  capableDate: registerDate().optional(),
  capableEndDate: registerDate().optional(),
  capableNumber: registerText().optional(),
  court: dictionaryEntry(),
});

/** @internal */
export const missingStatus: Same<MissingStatus> = z.object({
  missing: z.boolean().optional(),
  missingDate: registerDate().optional(),
  missingEndDate: registerDate().optional(),
  missingNumber: registerText().optional(),
  gpTerritorial: dictionaryEntry(),
});

/** @internal */
export const disappearStatus: Same<DisappearStatus> = z.object({
  disappear: z.boolean().optional(),
  disappearDate: registerDate().optional(),
  disappearEndDate: registerDate().optional(),
  disappearNumber: registerText().optional(),
  gpTerritorial: dictionaryEntry(),
});

/** @internal */
export const excludeStatus: Same<ExcludeStatus> = z.object({
  excludeReason: dictionaryEntry(),
  excludeReasonDate: registerDate().optional(),
  excludeDate: registerDate().optional(),
  excludeParticipant: dictionaryEntry(),
});

/** @internal */
export const repatriationStatus: Same<RepatriationStatus> = z.object({
  repatriationStatus: dictionaryEntry(),
  repatriationDate: registerDate().optional(),
  repatriationEndDate: registerDate().optional(),
  repatriationNumber: registerText().optional(),
  repatriationOrg: dictionaryEntry(),
  repatriationReason: dictionaryEntry(),
});
