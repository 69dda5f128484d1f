import type { ValidationIssue, XmlWriter } from '@egov-gateway/core';

import { checkExtraElement, type ExtraElement, localNameOf } from './extra-element.ts';
import { soapName, wsseNamespace } from './soap.ts';

/**
 * A block of `soap:Header` beside the signature.
 *
 * The transport signature covers the Body only: nothing in a header block is protected.
 */
export interface HeaderBlock extends ExtraElement {
  /** Whether a receiver that does not know the block must refuse the message. Default: false. */
  readonly mustUnderstand?: boolean;
}

const clause = 'SOAP 1.1, 4.2';

/** Appends what the header blocks break, paths from `/Envelope/Header`. */
export function checkHeaderBlocks(issues: ValidationIssue[], blocks: readonly HeaderBlock[]): void {
  for (const block of blocks) {
    const path = `/Envelope/Header/${localNameOf(block.name)}`;
    checkExtraElement(issues, path, block, clause);
    if (typeof block.name === 'string' || block.name.namespace === '') {
      issues.push({ path, rule: 'namespace', message: 'a header block must be in a namespace', clause });
    } else if (block.name.namespace === wsseNamespace) {
      const message = 'WS-Security headers are written by the signer; leave it out';
      issues.push({ path, rule: 'reserved', message, clause });
    }
  }
}

/** Writes the blocks where the writer stands: inside `soap:Header`. */
export function writeHeaderBlocks(writer: XmlWriter, blocks: readonly HeaderBlock[]): void {
  for (const { name, content, mustUnderstand = false } of blocks) {
    writer.open(name);
    if (mustUnderstand) writer.attribute(soapName('mustUnderstand'), '1');
    if (typeof content === 'string') writer.text(content);
    else content(writer);
    writer.close();
  }
}
