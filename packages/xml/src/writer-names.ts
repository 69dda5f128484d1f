import type { XmlName } from '@egov-gateway/core';

import { assertXmlName } from './xml-name.ts';

/** A checked name with the octets that it is written with. */
export interface WriterName {
  readonly localName: string;
  readonly namespace: string;
  readonly prefix: string;
  /** Number of the prefix in the writer. `''` is 0. */
  readonly prefixNumber: number;
  /** `prefix:local`. */
  readonly qualified: string;
  /** `<name`. */
  readonly start: Uint8Array;
  /** `<name>`. */
  readonly startTag: Uint8Array;
  /** `</name>`. */
  readonly endTag: Uint8Array;
}

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
    assertXmlName(given);
    const { localName, namespace, prefix } = given;
    const qualified = prefix === '' ? localName : `${prefix}:${localName}`;
    return {
      localName,
      namespace,
      prefix,
      prefixNumber: this.prefixNumber(prefix),
      qualified,
      start: Buffer.from(`<${qualified}`),
      startTag: Buffer.from(`<${qualified}>`),
      endTag: Buffer.from(`</${qualified}>`),
    };
  }
}
