import { UNBOUND, XMLNS_NAMESPACE } from './namespace-scope.ts';
import { resolveAttributeValue } from './references.ts';
import {
  ATTRIBUTE_PLAIN,
  DECLARATION,
  DETAIL,
  DETAIL_NAME,
  DETAIL_NAMESPACE,
  DETAIL_STRIDE,
  KIND,
  OWNER,
  PARENT,
  type Tape,
  VALUE_END,
  VALUE_START,
} from './tape.ts';

/** Prefix and namespace, by number, of the declarations on an element. */
export function* declarationsOf(tape: Tape, element: number): Generator<[number, number], void, undefined> {
  const { elements, details, detailEnd } = tape;
  const first = elements[element + DETAIL] as number;
  if (first === -1) return;
  for (let row = first; row < detailEnd && details[row + OWNER] === element; row += DETAIL_STRIDE) {
    if (details[row + KIND] !== DECLARATION) continue;
    yield [details[row + DETAIL_NAME] as number, details[row + DETAIL_NAMESPACE] as number];
  }
}

/** The namespaces that the prefixes declared on an element and around it are bound to. */
export function namespacesAt(tape: Tape, element: number): Map<number, number> {
  const bindings = new Map<number, number>();
  for (let at = element; at !== -1; at = tape.elements[at + PARENT] as number) {
    for (const [prefix, namespace] of declarationsOf(tape, at)) {
      if (!bindings.has(prefix)) bindings.set(prefix, namespace);
    }
  }
  return bindings;
}

/** The number of the namespace that a prefix is bound to at an element, or `UNBOUND`. */
export function namespaceAt(tape: Tape, element: number, prefix: number): number {
  for (let at = element; at !== -1; at = tape.elements[at + PARENT] as number) {
    for (const [declared, namespace] of declarationsOf(tape, at)) if (declared === prefix) return namespace;
  }
  // '', xml and xmlns have the same numbers as the namespaces that they are bound to from the start.
  return prefix <= XMLNS_NAMESPACE ? prefix : UNBOUND;
}

/** Local name of the attribute in a row. */
export function attributeLocalName(tape: Tape, row: number): string {
  return tape.names.local[tape.details[row + DETAIL_NAME] as number] as string;
}

/** Namespace of the attribute in a row. */
export function attributeNamespace(tape: Tape, row: number): string {
  return tape.uris[tape.details[row + DETAIL_NAMESPACE] as number] as string;
}

/** Value of the attribute in a row: references resolved, white space normalised. */
export function attributeValue(tape: Tape, row: number): string {
  const { details, source } = tape;
  const raw = source.slice(details[row + VALUE_START], details[row + VALUE_END]);
  return details[row + KIND] === ATTRIBUTE_PLAIN ? raw : resolveAttributeValue(raw);
}
