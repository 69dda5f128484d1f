/** What a value of the configuration must be: a kind, one of several words, a list, or an object of such. @internal */
export type Kind = 'string' | 'number' | 'boolean' | 'strings' | readonly string[] | List | Shape;

/** A list of objects. @internal */
export interface List {
  readonly each: Shape;
}

/** The names an object may have. @internal */
export interface Shape {
  readonly [name: string]: Kind;
}

/** An object that has been checked. @internal */
export type Fields = Readonly<Record<string, unknown>>;

/** @internal */
export function listOf(each: Shape): List {
  return { each };
}

/** An object that is known to be one. @internal */
export function fieldsOf(value: unknown): Fields {
  return value as Fields;
}

/**
 * Checks that `value` is an object with these names and kinds and no others. Everything may be missing.
 *
 * @throws {TypeError} naming the place, never the value
 * @internal
 */
export function shapeOf(value: unknown, shape: Shape, place: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${place === '' ? 'the configuration' : place}: expected an object`);
  }
  for (const [name, field] of Object.entries(value)) {
    const at = place === '' ? name : `${place}.${name}`;
    const kind = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (kind === undefined) {
      throw new TypeError(`${at}: no such option; known are ${Object.keys(shape).join(', ')}`);
    }
    check(field, kind, at);
  }
  return fieldsOf(value);
}

function check(value: unknown, kind: Kind, at: string): void {
  if (typeof kind === 'string') {
    const isRight =
      kind === 'strings'
        ? Array.isArray(value) && value.every((one) => typeof one === 'string')
        : typeof value === kind;
    if (!isRight)
      throw new TypeError(`${at}: expected ${kind === 'strings' ? 'a list of strings' : `a ${kind}`}`);
  } else if (isWords(kind)) {
    if (!kind.some((word) => word === value))
      throw new TypeError(`${at}: expected one of ${kind.join(', ')}`);
  } else if (isList(kind)) {
    if (!Array.isArray(value)) throw new TypeError(`${at}: expected a list`);
    for (const [index, one] of value.entries()) shapeOf(one, kind.each, `${at}[${index}]`);
  } else {
    shapeOf(value, kind, at);
  }
}

function isWords(kind: readonly string[] | List | Shape): kind is readonly string[] {
  return Array.isArray(kind);
}

function isList(kind: List | Shape): kind is List {
  return 'each' in kind && typeof kind['each'] === 'object' && !Array.isArray(kind['each']);
}
