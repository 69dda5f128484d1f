import type { XmlNode } from '@egov-gateway/xml';

/** The element at a path of local names below `root`; `*` is the first child, whatever its name. @internal */
export function nodeAt(root: XmlNode, path: readonly string[]): XmlNode | undefined {
  let node: XmlNode | undefined = root;
  for (const name of path) {
    node =
      node === undefined
        ? undefined
        : [...node.children()].find((child) => name === '*' || child.localName === name);
  }
  return node;
}

/** The first leaf below `from` whose text begins with an ordinary character, no entity. @internal */
export function firstTextLeaf(from: XmlNode | undefined, source: string): XmlNode | undefined {
  const waiting: XmlNode[] = from === undefined ? [] : [from];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const children = [...node.children()];
    waiting.push(...children.reverse());
    if (children.length === 0 && /^[^<&\s]/.test(source.slice(node.startTagEnd, node.startTagEnd + 1))) {
      return node;
    }
  }
  return undefined;
}
