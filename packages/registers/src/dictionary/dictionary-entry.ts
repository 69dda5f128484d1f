import { type Open, openEnum } from '@egov-gateway/payload';
import * as z from 'zod';

import { registerText } from './register-text.ts';

/**
 * An entry of a dictionary of the register of persons. What the register leaves empty or says is nil is not there.
 *
 * Codes are text and keep their zeros: `004`, `00`. A code that this package does not know is an ordinary value.
 */
export interface DictionaryEntry<Code extends string = string> {
  readonly code?: Code | undefined;
  /** In Russian. */
  readonly nameRu?: string | undefined;
  /** In Kazakh. */
  readonly nameKz?: string | undefined;
  /** When the entry of the dictionary was changed, as written; its form is not published. */
  readonly changeDate?: string | undefined;
}

/** A schema that takes and gives the same. */
export type Same<Value> = z.ZodType<Value, Value>;

/** Schema of a dictionary entry; `known` are the codes that there is evidence for. */
export function dictionaryEntry<const Known extends string = never>(
  known: readonly Known[] = [],
): z.ZodOptional<Same<DictionaryEntry<Open<Known>>>> {
  const entry = z.object({
    code: openEnum(known).optional(),
    nameRu: registerText().optional(),
    nameKz: registerText().optional(),
    changeDate: registerText().optional(),
  });
  return (entry as Same<DictionaryEntry<Open<Known>>>).optional();
}
