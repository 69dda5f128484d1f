import type { XmlName } from '@egov-gateway/core';

import { assertXmlName } from './xml-name.ts';

/** A checked name with the octets that it is written with. */
interface EncodedName {
  readonly localName: string;
  readonly namespace: string;
  readonly prefix: string;
  /** `prefix:local`. */
  readonly qualified: string;
  /** `<name`. */
  readonly start: Uint8Array;
  /** `<name>`. */
  readonly startTag: Uint8Array;
  /** `</name>`. */
  readonly endTag: Uint8Array;
}

/** An encoded name as one writer knows it. */
export interface WriterName extends EncodedName {
  /** Number of the prefix in the writer. `''` is 0. */
  readonly prefixNumber: number;
}

/**
 * Names that cannot change are encoded once for all writers: most writers write one small document, and would spend
 * most of their time on its names. One without a prefix has the same number everywhere and is shared as it is.
 */
const encoded = new WeakMap<XmlName, EncodedName | WriterName>();

/** Names given as fresh objects each time must not fill the memory: beyond this many the shortcut starts anew. */
const maxShortcuts = 1024;

/** The names of one writer: each is checked and encoded once. */
export class WriterNames {
  /** By number. */
  readonly prefixes: string[] = [''];
  readonly #prefixNumbers = new Map<string, number>([['', 0]]);
  readonly #plain = new Map<string, WriterName>();
  readonly #shortcuts = new Map<XmlName, WriterName>();
  readonly #qualified = new Map<string, WriterName>();

  /** @throws {TypeError} when the name cannot be written */
  get(name: XmlName | string): WriterName {
    if (typeof name === 'string') {
      return this.#plain.get(name) ?? this.#addPlain(name);
    }
    if (name.prefix === '') {
      const shared = encoded.get(name);
      if (shared !== undefined) return shared as WriterName;
    }
    return this.#shortcuts.get(name) ?? this.#addShortcut(name);
  }

  prefixNumber(prefix: string): number {
    let number = this.#prefixNumbers.get(prefix);
    if (number === undefined) {
      number = this.prefixes.length;
      this.prefixes.push(prefix);
      this.#prefixNumbers.set(prefix, number);
    }
    return number;
  }

  #addPlain(localName: string): WriterName {
    const name = this.#create({ localName, namespace: '', prefix: '' });
    this.#plain.set(localName, name);
    return name;
  }

  #addShortcut(given: XmlName): WriterName {
    // No part of a name that may be written contains a space.
    const key = `${given.prefix} ${given.localName} ${given.namespace}`;
    let name = this.#qualified.get(key);
    if (name === undefined) {
      name = this.#create(given);
      this.#qualified.set(key, name);
    }
    // A name that can still be changed cannot be known by its identity.
    if (Object.isFrozen(given)) {
      if (this.#shortcuts.size >= maxShortcuts) this.#shortcuts.clear();
      this.#shortcuts.set(given, name);
    }
    return name;
  }

  #create(given: XmlName): WriterName {
    const isFrozen = Object.isFrozen(given);
    const known = isFrozen ? encoded.get(given) : undefined;
    const name = { ...(known ?? encode(given)), prefixNumber: this.prefixNumber(given.prefix) };
    if (isFrozen && known === undefined) encoded.set(given, name);
    return name;
  }
}

/** @throws {TypeError} when the name cannot be written */
function encode(given: XmlName): EncodedName {
  assertXmlName(given);
  const { localName, namespace, prefix } = given;
  const qualified = prefix === '' ? localName : `${prefix}:${localName}`;
  return {
    localName,
    namespace,
    prefix,
    qualified,
    start: Buffer.from(`<${qualified}`),
    startTag: Buffer.from(`<${qualified}>`),
    endTag: Buffer.from(`</${qualified}>`),
  };
}
