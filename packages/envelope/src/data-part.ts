import type { DataCodec, ValidationIssue, XmlWriter } from '@egov-gateway/core';

/** A value with the codec that knows how it lies in `data`: children, typed children, or escaped text. */
export interface DataPart<T> {
  readonly codec: DataCodec<T>;
  readonly value: T;
}

/** The issues of the codec, with paths from the root of the message instead of from `data`. */
export function dataIssues<T>(part: DataPart<T>, dataPath: string): ValidationIssue[] {
  return part.codec.validate(part.value).map((issue) => ({ ...issue, path: dataPath + issue.path }));
}

/** Writes the element `data`, unqualified, or nothing. Its attributes and content are the codec's. */
export function writeData<T>(writer: XmlWriter, part: DataPart<T> | undefined): void {
  if (part !== undefined) writeDataElement(writer, part);
}

/** Writes the element `data`, unqualified, and empty without a part. */
export function writeDataElement<T>(writer: XmlWriter, part: DataPart<T> | undefined): void {
  writer.open('data');
  part?.codec.write(part.value, writer);
  writer.close();
}
