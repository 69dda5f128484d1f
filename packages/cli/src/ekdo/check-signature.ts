import { checkDetachedSignature, type DetachedSignature } from '@egov-gateway/ekdo';

import type { PortalLanguage } from '../language.ts';
import type { Problem } from '../problem-lines.ts';

/** What is wrong with a signature, and what somebody should look at. */
export function checkSignature(
  document: Uint8Array,
  signature: DetachedSignature,
  row: number,
): {
  readonly problems: readonly Problem<PortalLanguage>[];
  readonly warnings: readonly Problem<PortalLanguage>[];
} {
  const { findings } = checkDetachedSignature(document, signature, { atMs: Date.now() });
  const told = (wanted: 'error' | 'warning'): readonly Problem<PortalLanguage>[] =>
    findings
      .filter(({ severity }) => severity === wanted)
      .map(({ code, message, remedy }) => ({ code, row, message, remedy }));
  return { problems: told('error'), warnings: told('warning') };
}
