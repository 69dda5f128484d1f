import { type Open, openEnum } from '@egov-gateway/payload';
import * as z from 'zod';

import type { Same } from '../dictionary/dictionary-entry.ts';
import { registerText } from '../dictionary/register-text.ts';

/** The status inside the data: `00000` success, `404` nobody found. Other codes are refusals and are not known here. */
export interface MessageResult {
  readonly code: Open<'00000' | '404'>;
  readonly nameRu?: string | undefined;
  readonly nameKz?: string | undefined;
  readonly changeDate?: string | undefined;
}

/** Unlike other dictionaries it needs its code: without it nobody knows what the answer is. @internal */
export const messageResult: Same<MessageResult> = z.object({
  code: openEnum(['00000', '404']),
  nameRu: registerText().optional(),
  nameKz: registerText().optional(),
  changeDate: registerText().optional(),
});
