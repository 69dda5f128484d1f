import type { DataCodec } from '@egov-gateway/core';
import { definePayload, type IdentityMode } from '@egov-gateway/payload';
import * as z from 'zod';

import { type DictionaryEntry, dictionaryEntry } from '../dictionary/dictionary-entry.ts';
import { registerText } from '../dictionary/register-text.ts';
import { type MessageResult, messageResult } from './message-result.ts';
import { fromWire, isEmpty, type Person, toWire, type WirePerson, wirePerson } from './person.ts';

/** Answer of the register of persons. */
export interface PersonResponse {
  readonly messageId?: string | undefined;
  /** As written; its form is not published. */
  readonly messageDate?: string | undefined;
  readonly requestId?: string | undefined;
  readonly sender?: DictionaryEntry | undefined;
  readonly receiver?: DictionaryEntry | undefined;
  readonly messageResult: MessageResult;
  /** Always an array; empty when nobody was found. See {@link findPerson}. */
  readonly persons: readonly Person[];
}

interface WireResponse extends Omit<PersonResponse, 'persons'> {
  readonly persons?: { readonly person: readonly WirePerson[] } | undefined;
}

/** How answers are read. */
export interface PersonResponseOptions {
  /** How much of the IINs in an answer is checked. */
  readonly identity: IdentityMode;
  /** `decoded`: dates and IINs are taken as they are written. */
  readonly received: 'checked' | 'decoded';
}

/** The codec of answers. @internal */
export function personResponse(options: PersonResponseOptions): DataCodec<PersonResponse> {
  const { identity, received } = options;
  const schema: z.ZodType<WireResponse> = z.object({
    messageId: registerText().optional(),
    messageDate: registerText().optional(),
    requestId: registerText().optional(),
    sender: dictionaryEntry(),
    receiver: dictionaryEntry(),
    messageResult,
    persons: z.object({ person: z.array(wirePerson(identity)) }).optional(),
  });
  const payload = definePayload({
    schema: schema as z.ZodType<WireResponse, WireResponse>,
    received,
    clause: 'GBDFLUniversal_token, as public clients read it',
  });
  return {
    validate: (response) => payload.validate(wireOf(response)),
    write: (response, writer) => payload.write(wireOf(response), writer),
    read(data) {
      const { persons, ...fields } = payload.read(data);
      return { ...fields, persons: persons === undefined ? [] : persons.person.map(fromWire) };
    },
  };
}

function wireOf(response: PersonResponse): WireResponse {
  if (typeof response !== 'object' || response === null) return response;
  const { persons, ...fields } = response;
  if (isEmpty(persons)) return fields;
  return {
    ...fields,
    persons: { person: Array.isArray(persons) ? persons.map(toWire) : (persons as never) },
  };
}
