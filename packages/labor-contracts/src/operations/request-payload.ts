import {
  bin,
  definePayload,
  extraElements,
  type IdentityMode,
  iin,
  isNfc,
  type Payload,
  refinedText,
  xsDate,
} from '@egov-gateway/payload';
import * as z from 'zod';

import type {
  NewContractData,
  RawOperation,
  SubsidiaryContractData,
  TerminationContractData,
} from './contract-request.ts';
import { contractNamespace, rootName } from './wire-names.ts';

/** A request as it lies under the root: one of the operations, or one element of another name. */
export interface RequestBody {
  readonly newContractData?: NewContractData | undefined;
  readonly subsidiaryContractData?: SubsidiaryContractData | undefined;
  readonly terminationContractData?: TerminationContractData | undefined;
  readonly rawOperation?: readonly RawOperation[] | undefined;
}

/** How strict a payload is about what is missing. */
export type Strictness =
  /** For sending: every known field must be there. */
  | 'complete'
  /** For reading what others sent, to check it afterwards. */
  | 'partial';

/** The payload of all operations, names and order as the known client has them. */
export function requestPayload(identity: IdentityMode, strictness: Strictness): Payload<RequestBody> {
  const once = <Schema extends z.ZodType>(schema: Schema): Schema =>
    (strictness === 'complete' ? schema : schema.optional()) as Schema;
  const extra = extraElements().optional();
  const text = filledText();
  const employerData = z.object({ bin: once(bin({ mode: identity })), extra });
  const schema = z.object({
    newContractData: z
      .object({
        employerData: once(employerData),
        employeeData: once(z.object({ iin: once(iin({ mode: identity })), extra })),
        contractData: once(
          z.object({
            contractNumber: once(text),
            contractDate: once(xsDate()),
            beginDate: once(xsDate()),
            position: once(text),
            establishedPost: once(text),
            extra,
          }),
        ),
        documentData: once(z.object({ conscript: once(text), extra })),
        extra,
      })
      .optional(),
    subsidiaryContractData: z
      .object({
        employerData: once(employerData),
        contractId: once(text),
        subsidiaryContractNumber: once(text),
        subsidiaryContractDate: once(xsDate()),
        beginDate: once(xsDate()),
        position: once(text),
        establishedPost: once(text),
        extra,
      })
      .optional(),
    terminationContractData: z
      .object({
        employerData: once(employerData),
        contractId: once(text),
        terminationDate: once(xsDate()),
        terminationReason: once(text),
        extra,
      })
      .optional(),
    rawOperation: extraElements().optional(),
  });
  return definePayload({
    schema: schema as unknown as z.ZodType<RequestBody, RequestBody>,
    root: { name: rootName, namespace: contractNamespace, prefix: 'ns3' },
    received: strictness === 'complete' ? 'checked' : 'decoded',
    clause: 'ЕСУТД, contractRequest (known from a client of 2018)',
  });
}

/** Text that says something, in composed form: numbers of contracts have Cyrillic letters. */
function filledText(): z.ZodString {
  return refinedText({
    kind: 'text',
    breach(text) {
      if (text === '' || text.trim() === '') return { rule: 'min-length', message: 'must not be empty' };
      if (isNfc(text)) return undefined;
      return { rule: 'nfc', message: "has letters made of two characters; send text.normalize('NFC')" };
    },
  });
}
