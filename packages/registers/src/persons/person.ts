import { type IdentityMode, iin } from '@egov-gateway/payload';
import * as z from 'zod';

import { type DictionaryEntry, dictionaryEntry, type Same } from '../dictionary/dictionary-entry.ts';
import { registerDate, registerText } from '../dictionary/register-text.ts';
import {
  type BirthPlace,
  birthPlace,
  type PersonAddress,
  personAddress,
  type RegistrationAddress,
  registrationAddress,
} from './address.ts';
import { type PersonDocument, personDocument } from './identity-document.ts';
import {
  type CapableStatus,
  type CivilCertificate,
  capableStatus,
  civilCertificate,
  type DisappearStatus,
  disappearStatus,
  type ExcludeStatus,
  excludeStatus,
  type MissingStatus,
  missingStatus,
  type RepatriationStatus,
  repatriationStatus,
} from './person-statuses.ts';

/** A person (физическое лицо) in the register ГБД ФЛ. */
export interface Person {
  /** IIN (ИИН, ЖСН), 12 digits. */
  readonly iin: string;
  readonly surname?: string | undefined;
  readonly name?: string | undefined;
  /** Отчество; many have none. */
  readonly patronymic?: string | undefined;
  readonly engFirstName?: string | undefined;
  readonly engSurname?: string | undefined;
  readonly birthDate?: string | undefined;
  /** Of the dead whom the register knows to be dead: its absence proves nothing. The codes of `lifeStatus` are not known here. */
  readonly deathDate?: string | undefined;
  readonly gender?: DictionaryEntry | undefined;
  readonly nationality?: DictionaryEntry | undefined;
  readonly citizenship?: DictionaryEntry | undefined;
  readonly lifeStatus?: DictionaryEntry | undefined;
  readonly birthCertificate?: CivilCertificate | undefined;
  readonly deathCertificate?: CivilCertificate | undefined;
  readonly birthPlace?: BirthPlace | undefined;
  readonly regAddress?: RegistrationAddress | undefined;
  readonly personCapableStatus?: CapableStatus | undefined;
  readonly missingStatus?: MissingStatus | undefined;
  readonly disappearStatus?: DisappearStatus | undefined;
  readonly excludeStatus?: ExcludeStatus | undefined;
  readonly repatriationStatus?: RepatriationStatus | undefined;
  /** Always an array; empty when the register names none. */
  readonly documents: readonly PersonDocument[];
  /** Always an array; empty when the register names none. */
  readonly addresses: readonly PersonAddress[];
  /** Whether the record was taken out of the register. */
  readonly removed?: boolean | undefined;
}

/** A person as XML has it, with elements around the lists. @internal */
export interface WirePerson extends Omit<Person, 'documents' | 'addresses'> {
  readonly documents?: { readonly document: readonly PersonDocument[] } | undefined;
  readonly addresses?: { readonly address: readonly PersonAddress[] } | undefined;
}

/** @internal */
export function wirePerson(identity: IdentityMode): Same<WirePerson> {
  const person: z.ZodType<WirePerson> = z.object({
    iin: iin({ mode: identity }),
    surname: registerText().optional(),
    name: registerText().optional(),
    patronymic: registerText().optional(),
    engFirstName: registerText().optional(),
    engSurname: registerText().optional(),
    birthDate: registerDate().optional(),
    deathDate: registerDate().optional(),
    gender: dictionaryEntry(),
    nationality: dictionaryEntry(),
    citizenship: dictionaryEntry(),
    lifeStatus: dictionaryEntry(),
    birthCertificate: civilCertificate.optional(),
    deathCertificate: civilCertificate.optional(),
    birthPlace: birthPlace.optional(),
    regAddress: registrationAddress.optional(),
    personCapableStatus: capableStatus.optional(),
    missingStatus: missingStatus.optional(),
    disappearStatus: disappearStatus.optional(),
    excludeStatus: excludeStatus.optional(),
    repatriationStatus: repatriationStatus.optional(),
    documents: z.object({ document: z.array(personDocument) }).optional(),
    addresses: z.object({ address: z.array(personAddress) }).optional(),
    removed: z.boolean().optional(),
  });
  return person as Same<WirePerson>;
}

/** @internal */
export function fromWire({ documents, addresses, ...fields }: WirePerson): Person {
  return { ...fields, documents: documents?.document ?? [], addresses: addresses?.address ?? [] };
}

/** Empty lists have no element around them. What is no person or no list is left as it is, for validation to find. @internal */
export function toWire(person: Person): WirePerson {
  if (typeof person !== 'object' || person === null) return person;
  const { documents, addresses, ...fields } = person;
  return {
    ...fields,
    ...(isEmpty(documents) ? {} : { documents: { document: documents } }),
    ...(isEmpty(addresses) ? {} : { addresses: { address: addresses } }),
  };
}

/** Whether a list is there and has nothing in it, or is not there. @internal */
export function isEmpty(list: readonly unknown[] | undefined): boolean {
  return list === undefined || (Array.isArray(list) && list.length === 0);
}
