import * as z from 'zod';

import { type DictionaryEntry, dictionaryEntry, type Same } from '../dictionary/dictionary-entry.ts';
import { registerDate, registerText } from '../dictionary/register-text.ts';

/** Names of a place abroad, as text. */
export interface ForeignPlace {
  readonly districtName?: string | undefined;
  readonly regionName?: string | undefined;
}

/** Where somebody was born. */
export interface BirthPlace {
  readonly country?: DictionaryEntry | undefined;
  /** Область. */
  readonly district?: DictionaryEntry | undefined;
  /** Район. */
  readonly region?: DictionaryEntry | undefined;
  readonly foreignData?: ForeignPlace | undefined;
  readonly city?: string | undefined;
  /** Code of the place in the register of addresses. */
  readonly birthTeCodeAR?: string | undefined;
}

/** An address of a person. Of what is not there the register knows nothing. */
export interface PersonAddress {
  /** Only addresses of the list have one; the codes are not known. */
  readonly type?: DictionaryEntry | undefined;
  readonly country?: DictionaryEntry | undefined;
  /** Область. */
  readonly district?: DictionaryEntry | undefined;
  /** Район. */
  readonly region?: DictionaryEntry | undefined;
  readonly foreignData?: ForeignPlace | undefined;
  readonly city?: string | undefined;
  readonly street?: string | undefined;
  readonly building?: string | undefined;
  readonly corpus?: string | undefined;
  readonly flat?: string | undefined;
  readonly beginDate?: string | undefined;
  readonly endDate?: string | undefined;
  /** Code in the register of addresses (РКА). */
  readonly arCode?: string | undefined;
}

/** Where somebody is registered («прописка»). Children often have none. */
export interface RegistrationAddress extends Omit<PersonAddress, 'type'> {
  readonly status?: DictionaryEntry | undefined;
  readonly invalidity?: DictionaryEntry | undefined;
}

const place = {
  country: dictionaryEntry(),
  district: dictionaryEntry(),
  region: dictionaryEntry(),
  foreignData: z
    .object({ districtName: registerText().optional(), regionName: registerText().optional() })
    .optional(),
  city: registerText().optional(),
};
const house = {
  street: registerText().optional(),
  building: registerText().optional(),
  corpus: registerText().optional(),
  flat: registerText().optional(),
  beginDate: registerDate().optional(),
  endDate: registerDate().optional(),
};

/** @internal */
export const birthPlace: Same<BirthPlace> = z.object({ ...place, birthTeCodeAR: registerText().optional() });

/** @internal */
export const registrationAddress: Same<RegistrationAddress> = z.object({
  ...place,
  ...house,
  status: dictionaryEntry(),
  invalidity: dictionaryEntry(),
  arCode: registerText().optional(),
});

/** @internal */
export const personAddress: Same<PersonAddress> = z.object({
  type: dictionaryEntry(),
  ...place,
  ...house,
  arCode: registerText().optional(),
});
