import { xsDateTime } from '@egov-gateway/payload';
import * as z from 'zod';

import { type ReportDictionaryEntry, reportDictionaryEntry } from './report-fields.ts';

/** What every report begins with. @see the XSD of the reports, "BaseResponseMessage" */
export interface ReportResponseHead {
  readonly requestNumber: string;
  readonly declarantId: string;
  readonly requestDate?: string | undefined;
  readonly requestSystemId?: string | undefined;
  /** The status inside the data. Its codes are not published. */
  readonly status: ReportDictionaryEntry;
}

/** @internal */
export const reportHead = {
  requestNumber: z.string(),
  declarantId: z.string(),
  requestDate: xsDateTime().optional(),
  requestSystemId: z.string().optional(),
  status: reportDictionaryEntry,
};
