import type { XmlElement } from '@egov-gateway/core';

import { EncodingSink } from './canonical-output.ts';
import { elementOf, tapeOf } from './document.ts';
import { nodeOf } from './element-view.ts';
import { ExclusiveC14n } from './exclusive-c14n.ts';

/** How to canonicalize. */
export interface CanonicalizeOptions {
  /**
   * `PrefixList` of `ec:InclusiveNamespaces`: prefixes whose declarations are kept even where nothing uses them.
   * `#default` is the default namespace. Default: none.
   *
   * @see Exclusive XML Canonicalization 1.0, section 2 "The Need for Exclusive XML Canonicalization"
   */
  readonly inclusivePrefixes?: readonly string[];
}

/**
 * The exclusive canonical form of an element, without comments, as UTF-8.
 *
 * @see Exclusive XML Canonicalization 1.0, section 3
 * @throws {TypeError} when the element was not read by this package
 */
export function canonicalize(element: XmlElement, options: CanonicalizeOptions = {}): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  run(element, options, (chunk) => {
    chunks.push(new Uint8Array(chunk));
    length += chunk.length;
  });
  const canonical = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    canonical.set(chunk, at);
    at += chunk.length;
  }
  return canonical;
}

/**
 * Feeds the exclusive canonical form of an element to a digest, in chunks of up to 96 KiB. Memory does not grow
 * with the element: the chunk is reused, so the digest must be done with it when `update` returns.
 *
 * @throws {TypeError} when the element was not read by this package
 */
export function digestCanonical(
  element: XmlElement,
  options: CanonicalizeOptions,
  digest: { update(bytes: Uint8Array): void },
): void {
  run(element, options, (chunk) => digest.update(chunk));
}

function run(
  element: XmlElement,
  { inclusivePrefixes = [] }: CanonicalizeOptions,
  consume: (chunk: Uint8Array) => void,
): void {
  const node = nodeOf(element);
  const tape = tapeOf(node);
  const sink = new EncodingSink(tape.source, consume);
  const c14n = new ExclusiveC14n(tape, elementOf(node), sink);
  for (const prefix of inclusivePrefixes) c14n.include(prefix);
  c14n.run();
  sink.finish();
}
