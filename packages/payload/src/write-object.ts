import type { XmlWriter } from '@egov-gateway/core';
import { xmlName } from '@egov-gateway/xml';

import { xsiNamespace } from './data-style.ts';
import type { FieldPlan, ObjectPlan } from './plan.ts';

const xsiNil = xmlName('nil', xsiNamespace, 'xsi');

/** Writes the fields of `value` that are there, in the order of the plan. Depth is that of the schema. */
export function writeObject(plan: ObjectPlan, value: unknown, writer: XmlWriter): void {
  const source = value as Readonly<Record<string, unknown>>;
  for (const field of plan.fields) {
    const content = source[field.key];
    if (content === undefined) continue;
    if (field.occurs === 'repeated') {
      for (const item of content as readonly unknown[]) writeElement(field, item, writer);
    } else {
      writeElement(field, content, writer);
    }
  }
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
