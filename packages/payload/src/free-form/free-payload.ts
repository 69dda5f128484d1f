import type { ValidationIssue, XmlElement } from '@egov-gateway/core';
import { createXmlWriter } from '@egov-gateway/xml';

import { assertDataStyle, type DataStyle, rootOfText, writeDataType, xmlDeclaration } from '../data-style.ts';
import type { Payload } from '../payload.ts';
import { contentOf, writeNodes } from './dom-writer.ts';
import { buildFragment, type FreeBuilder, type FreeTree, treeIssues } from './free-tree.ts';
import { type PlainView, type PlainViewOptions, plainView } from './plain-view.ts';

/** What a free-form payload sends: a tree of elements, or a function that builds them with namespaces and attributes. */
export type FreeContent = FreeTree | ((data: FreeBuilder) => unknown);

/** How {@link freePayload} writes and shows. */
export interface FreePayloadOptions extends PlainViewOptions {
  /** How the payload lies in `data`; as `text` it must be exactly one element. Default: `{ style: 'plain' }`. */
  readonly data?: DataStyle;
}

/**
 * A payload without a contract: trees out, plain objects in. For trying a service and for tools; for production define
 * the payload, which is checked and many times faster.
 *
 * @throws {TypeError} when the style of `data` is none
 * @example
 * ```ts
 * const anything = freePayload({ arrays: ['persons/person'] });
 * const service = defineService({ id: 'EXAMPLE', request: anything, response: anything });
 * service.request.validate({ iin: '001300900011' }); // []
 * ```
 */
export function freePayload(
  options: FreePayloadOptions = {},
): Pick<Payload<PlainView, FreeContent>, 'validate' | 'write' | 'read'> {
  const { data = { style: 'plain' } } = options;
  assertDataStyle(data);
  return {
    validate(content) {
      if (typeof content !== 'function') {
        if (typeof content !== 'object' || content === null) {
          return [
            {
              path: '',
              rule: 'type',
              message: 'must be an object of elements, or a function that builds them',
            },
          ];
        }
        const issues = treeIssues(content);
        if (issues.length > 0) return issues;
      }
      return buildIssues(content, data);
    },
    write(content, writer) {
      writeDataType(data, writer);
      if (data.style !== 'text') return writeNodes(buildFragment(content).node, writer);
      const text = new TextDecoder().decode(documentOf(content));
      writer.text(data.declaration === true ? xmlDeclaration + text : text);
    },
    read: (element) => plainContent(element, options),
  };
}

/** Building is the only way to learn what a function builds. */
function buildIssues(content: FreeContent, data: DataStyle): ValidationIssue[] {
  try {
    const { node } = buildFragment(content);
    const { elements, hasText } = contentOf(node);
    if (hasText) return [{ path: '', rule: 'type', message: 'must be elements; for text use textPayload' }];
    if (data.style === 'text' && elements !== 1) {
      return [{ path: '', rule: 'root', message: `must be exactly one element and is ${elements}` }];
    }
    const writer = createXmlWriter();
    writer.open('data');
    writeDataType(data, writer);
    writeNodes(node, writer);
    return [];
  } catch (error) {
    if (typeof content !== 'function') throw error;
    // The cause stays out of the message: builders repeat the value in theirs.
    return [
      {
        path: '',
        rule: 'build',
        message: 'cannot be built: look for names, characters or prefixes that XML does not have',
      },
    ];
  }
}

function documentOf(content: FreeContent): Uint8Array {
  const writer = createXmlWriter();
  writeNodes(buildFragment(content).node, writer);
  return writer.finish().bytes;
}

function plainContent(data: XmlElement, options: PlainViewOptions): PlainView {
  if (data.first !== undefined) return withoutDeclarations(plainView(data, options));
  const text = data.text();
  if (!/^[\uFEFF\t\n\r ]*</.test(text)) return text === '' ? {} : { '#text': text };
  const root = rootOfText(text);
  const arrays = (options.arrays ?? []).flatMap((path) => {
    const [first, ...rest] = path.split('/');
    return first === root.localName && rest.length > 0 ? [rest.join('/')] : [];
  });
  return { [root.localName]: plainView(root, { ...options, arrays }) };
}

/** `xsi:type` of `data` says how it was sent, not what. */
function withoutDeclarations(view: PlainView): PlainView {
  return Object.fromEntries(Object.entries(view).filter(([key]) => !key.startsWith('@')));
}
