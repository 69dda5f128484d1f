import type { XmlElement, XmlName, XmlWriter } from '@egov-gateway/core';

import { dsNamespace, wsseNamespace, wsuNamespace, xmlNamespace } from './soap.ts';

/** Attributes that some software takes for ids, by namespace. The signature refers to the Body by one of them. */
const idNames: readonly (readonly [namespace: string, localName: string])[] = [
  ['', 'Id'],
  ['', 'ID'],
  [wsuNamespace, 'Id'],
  [wsseNamespace, 'Id'],
  [xmlNamespace, 'id'],
];

/** What must not stand in a header block, because a verifier refuses the message for it. */
export type Reserved = 'signature' | 'id';

/** Whether a name belongs to XML Signature: the one signature of the Header is the signer's. */
export function isSignatureName(name: XmlName | string): boolean {
  return typeof name !== 'string' && name.namespace === dsNamespace;
}

/** What reserved things a function writes. It is run with a writer that keeps nothing. */
export function reservedIn(content: (writer: XmlWriter) => void): ReadonlySet<Reserved> {
  const watch = new WatchingWriter();
  content(watch);
  return watch.found;
}

class WatchingWriter implements XmlWriter {
  readonly found = new Set<Reserved>();

  open(name: XmlName | string): void {
    if (isSignatureName(name)) this.found.add('signature');
  }

  attribute(name: XmlName | string): void {
    const [namespace, localName] = typeof name === 'string' ? ['', name] : [name.namespace, name.localName];
    if (idNames.some(([uri, local]) => uri === namespace && local === localName)) this.found.add('id');
  }

  leaf(name: XmlName | string): void {
    this.open(name);
  }

  copy(element: XmlElement): void {
    const waiting: XmlElement[] = [element];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.namespace === dsNamespace) this.found.add('signature');
      const current = next;
      if (idNames.some(([uri, local]) => current.attribute(local, uri) !== undefined)) this.found.add('id');
      for (let child = next.first; child !== undefined; child = child.next) waiting.push(child);
    }
  }

  declarePrefix(): void {}
  text(): void {}
  base64(): void {}
  close(): void {}
}
