import type { ValidationIssue, XmlWriter } from '@egov-gateway/core';

import { checkExtraElement, type ExtraElement, localNameOf } from './extra-element.ts';
import { isSignatureName, type Reserved, reservedIn } from './reserved-content.ts';
import { soapName, wsseNamespace } from './soap.ts';

/**
 * A block of `soap:Header` beside the signature.
 *
 * The transport signature covers the Body only: nothing in a header block is protected. It must not have elements of
 * XML Signature or ids (`wsu:Id`, `Id`, `ID`, `xml:id`), for which a verifier could refuse the message. A function that
 * writes the content is called once to see that and once more to write.
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
    for (const what of reserved(block)) {
      issues.push({ path, rule: 'reserved', message: messages[what], clause });
    }
  }
}

const messages: Readonly<Record<Reserved, string>> = {
  signature: 'XML Signature belongs to the signer, and one in the Header is refused; leave it out',
  id: 'must not have wsu:Id, Id, ID or xml:id: the signature refers to the Body by its id; leave it out',
};

function reserved({ name, content }: HeaderBlock): ReadonlySet<Reserved> {
  const found = new Set<Reserved>(typeof content === 'function' ? reservedIn(content) : []);
  if (isSignatureName(name)) found.add('signature');
  return found;
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
