import type { XmlWriter } from '@egov-gateway/core';
import { xmlName } from '@egov-gateway/xml';

import { xsiNamespace } from './data-style.ts';
import { type ExtraElement, writeExtra } from './extra-elements.ts';
import type { FieldPlan, ObjectPlan } from './plan.ts';

const xsiNil = xmlName('nil', xsiNamespace, 'xsi');

/** Writes the fields of `value` that are there, in the order of the plan. Depth is that of the schema. */
export function writeObject(plan: ObjectPlan, value: unknown, writer: XmlWriter): void {
  const source = value as Readonly<Record<string, unknown>>;
  const extra = plan.extraKey === undefined ? undefined : source[plan.extraKey];
  if (extra !== undefined) {
    writeAround(plan, source, extra as readonly ExtraElement[], writer);
    return;
  }
  for (const field of plan.fields) {
    const content = source[field.key];
    if (content !== undefined) writeField(field, content, writer);
  }
}

/** The same with the elements that the definition does not know, each at its place. */
function writeAround(
  plan: ObjectPlan,
  source: Readonly<Record<string, unknown>>,
  extra: readonly ExtraElement[],
  writer: XmlWriter,
): void {
  const writeBehind = (place: string | undefined): void => {
    for (const item of extra) if (item.after === place) writeExtra(item, writer);
  };
  writeBehind('');
  const seen = new Set<string>();
  for (const field of plan.fields) {
    const content = source[field.key];
    if (content !== undefined) writeField(field, content, writer);
    // Only namespaces may tell two fields apart: the place is behind the first one.
    if (seen.has(field.name.localName)) continue;
    seen.add(field.name.localName);
    writeBehind(field.name.localName);
  }
  writeBehind(undefined);
}

function writeField(field: FieldPlan, content: unknown, writer: XmlWriter): void {
  const items = field.occurs === 'repeated' ? (content as readonly unknown[]) : [content];
  for (const item of items) writeElement(field, item, writer);
}

function writeElement(field: FieldPlan, value: unknown, writer: XmlWriter): void {
  const { content, name } = field;
  if (value === null) {
    writer.open(name);
    writer.attribute(xsiNil, 'true');
    writer.close();
  } else if (content.kind === 'leaf') {
    content.codec.write(writer, name, value);
  } else {
    writer.open(name);
    writeObject(content, value, writer);
    writer.close();
  }
}
