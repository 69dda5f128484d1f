import type { DataCodec, XmlName, XmlWriter } from '@egov-gateway/core';

/** A tree of elements as a fixture writes it. */
export interface XmlTree {
  readonly name: string | XmlName;
  readonly content: string | readonly XmlTree[];
}

/** `data` as a fixture writes it: prefixes for values, attributes, content. */
export interface DataTree {
  readonly prefixes?: Readonly<Record<string, string>>;
  readonly attributes?: readonly { readonly name: XmlName; readonly value: string }[];
  readonly content: XmlTree['content'];
}

/** Writes `data` as a fixture describes it, and reads nothing. */
export const treeCodec: DataCodec<DataTree> = {
  validate: () => [],
  write: ({ prefixes = {}, attributes = [], content }, writer) => {
    for (const [prefix, namespace] of Object.entries(prefixes)) writer.declarePrefix(prefix, namespace);
    for (const { name, value } of attributes) writer.attribute(name, value);
    writeTree(writer, content);
  },
  read: () => ({ content: '' }),
};

function writeTree(writer: XmlWriter, content: XmlTree['content']): void {
  if (typeof content === 'string') {
    writer.text(content);
    return;
  }
  for (const child of content) {
    writer.open(child.name);
    writeTree(writer, child.content);
    writer.close();
  }
}
