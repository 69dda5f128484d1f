import {
  definePayload,
  type IdentityMode,
  iin,
  type Payload,
  refinedText,
  xml,
  xsDateTime,
} from '@egov-gateway/payload';
import * as z from 'zod';

/** What stands in every request to the register of persons. */
export interface PersonRequestHead {
  /** An id of the request, apart from the `messageId` of the envelope; the known clients send the same one. */
  readonly messageId: string;
  /** `formatXsDateTime(Date.now())` of `payload`. */
  readonly messageDate: string;
  /** The code under which the register knows your system; not the `senderId` of the gateway. */
  readonly senderCode: string;
}

/** Who is looked for by IIN, and the consent of that person, as КДП gave it. */
export interface PersonRequest extends PersonRequestHead {
  /** IIN (ИИН) of the person, 12 digits. */
  readonly iin: string;
  /** The token, without the white space in which it arrives. */
  readonly kdpToken: string;
  /** The public key that came with it, without white space. */
  readonly publicKey: string;
}

/** A request as it came, for servers that refuse a missing consent with a code of their own. */
export type ReceivedPersonRequest = Omit<PersonRequest, 'kdpToken' | 'publicKey'> &
  Partial<Pick<PersonRequest, 'kdpToken' | 'publicKey'>>;

/** The layout is that of two public clients; there is no published description. @internal */
export const personRequestClause = 'GBDFLUniversal_token, as public clients send it';

const text = (): z.ZodString => z.string().min(1);

const secret = (): z.ZodType<string, string> =>
  xml(
    refinedText({
      kind: 'text without white space',
      breach: (value) =>
        value === ''
          ? { rule: 'required', message: 'must not be empty; ask КДП for the consent of the person' }
          : /\s/.test(value)
            ? { rule: 'white-space', message: 'has white space in it, as it came; take it out' }
            : undefined,
    }),
    { whitespace: 'remove' },
  );

/** The payload of a request. @throws {TypeError} when the mode is none */
export function personRequest(identity: IdentityMode): Payload<PersonRequest> {
  return definePayload({
    schema: z.object({
      messageId: text(),
      messageDate: xsDateTime(),
      senderCode: text(),
      iin: iin({ mode: identity }),
      kdpToken: secret(),
      publicKey: secret(),
    }) as unknown as z.ZodType<PersonRequest, PersonRequest>,
    clause: personRequestClause,
  });
}

/** The same payload for the side that serves: a consent that is not there is read as such. For emulators. */
export function receivedPersonRequest(identity: IdentityMode = 'strict'): Payload<ReceivedPersonRequest> {
  return definePayload({
    schema: z.object({
      messageId: text(),
      messageDate: xsDateTime(),
      senderCode: text(),
      iin: iin({ mode: identity }),
      kdpToken: secret().optional(),
      publicKey: secret().optional(),
    }) as unknown as z.ZodType<ReceivedPersonRequest, ReceivedPersonRequest>,
    clause: personRequestClause,
  });
}
