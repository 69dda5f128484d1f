import {
  bin,
  definePayload,
  type IdentityMode,
  type Payload,
  refinedText,
  xml,
  xsDateTime,
} from '@egov-gateway/payload';
import * as z from 'zod';

import type { Same } from '../dictionary/dictionary-entry.ts';
import { called, declarantNumber, type Requestor, requestor } from './report-fields.ts';

/** A consent token. @see the XSD of the reports, "TokenInfo" */
export interface ReportToken {
  /** The token, without the white space in which it arrives. */
  readonly code?: string | undefined;
  /** The public key that came with it, without white space. */
  readonly publicKey?: string | undefined;
}

/** Consents for a report. @see the XSD of the reports, "InfoAbtToken" */
export interface InfoAbtToken {
  /** Always an array when it is there. */
  readonly tokens: readonly ReportToken[];
}

/** What a report is asked about. @see the XSD of the reports, "RequestType" */
export interface ReportBusinessData {
  /** BIN of the company, branch or representation. */
  readonly bin: string;
  /** Who asks, for the printed report. */
  readonly requestor?: Requestor | undefined;
  /** Optional in the XSD; the services whose names end in `_KDP` want it. */
  readonly infoAbtToken?: InfoAbtToken | undefined;
}

/** A request for a report of ГБД ЮЛ; both reports take the same. @see the XSD of the reports, "RequestMessage" */
export interface ReportRequest {
  /** Your own number of the request. */
  readonly requestNumber: string;
  /** IIN or BIN of who asks. */
  readonly declarantId: string;
  /** When it was asked, with its offset: `formatXsDateTime(Date.now())` of `payload`. */
  readonly requestDate?: string | undefined;
  /** The system that asks, as ГБД ЮЛ knows it. */
  readonly requestSystemId?: string | undefined;
  readonly businessData: ReportBusinessData;
}

const tokenText = (): Same<string> =>
  refinedText({
    kind: 'text without white space',
    breach: (text) =>
      text === '' || /\s/.test(text)
        ? { rule: 'white-space', message: 'must be a token or key without white space; take it out' }
        : undefined,
  });

const secret = (name: string): Same<string> => xml(tokenText(), { name, whitespace: 'remove' });

/**
 * The payload of a request: all elements in the namespace of the report.
 *
 * @throws {TypeError} when the mode is none
 * @internal
 */
export function reportRequest(namespace: string, identity: IdentityMode): Payload<ReportRequest> {
  return definePayload({
    schema: z.object({
      requestNumber: z.string().min(1),
      declarantId: declarantNumber(identity),
      requestDate: xsDateTime().optional(),
      requestSystemId: z.string().optional(),
      businessData: z.object({
        bin: called('BIN', bin({ mode: identity })),
        requestor: called('Requestor', requestor).optional(),
        infoAbtToken: called(
          'InfoAbtToken',
          z.object({
            tokens: z.array(
              z.object({ code: secret('Code').optional(), publicKey: secret('PublicKey').optional() }),
            ),
          }),
        ).optional(),
      }),
    }) as unknown as Same<ReportRequest>,
    root: { name: 'request', namespace, prefix: 'ns2' },
    elements: { namespace, prefix: 'ns2' },
    clause: `XSD of the namespace ${namespace}, "RequestMessage"`,
  });
}
