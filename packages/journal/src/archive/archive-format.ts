/**
 * The lines of an archive, `YYYY-MM-DD.egwj`: JSON Lines in UTF-8, each line ended by U+000A.
 *
 * The first line is `{"egwj":1,"manifest":…}`. Then come the events, segment after segment in the order of the manifest,
 * each segment in the order of its chain. A line of an event has `writer`, then the fields of the encoding under their
 * names and in their order (`subject` as a list), then `hash`, and `bytes` (the stored bytes in base64, when there are
 * any). There is exactly one way to write an event or a manifest: a line written in any other way is refused.
 *
 * @module
 */
import { type ChainedEvent, eventFields } from '../chain/event-encoding.ts';
import { type DayManifest, manifestText, parseManifest } from '../chain/manifest.ts';

/** An event as it lies in an archive. */
export interface ArchivedEvent extends ChainedEvent {
  readonly writer: string;
  /** Hash of the event in its chain, 32 octets. */
  readonly hash: Uint8Array;
  /** The stored bytes: encrypted when `stored.keyId` is there. */
  readonly bytes?: Uint8Array | undefined;
}

/** Extension of archives, with the dot. */
export const archiveExtension = '.egwj';

/** The first line of an archive, without its line feed. */
export function headerLine(manifest: DayManifest): string {
  return `{"egwj":1,"manifest":${manifestText(manifest)}}`;
}

/** The manifest of the first line, or `undefined` when it is no such line. */
export function parseHeader(line: string): DayManifest | undefined {
  const text = /^\{"egwj":1,"manifest":(\{.*\})\}$/.exec(line)?.[1];
  return text === undefined ? undefined : parseManifest(text);
}

/** The line of an event, without its line feed. */
export function eventLine(event: ArchivedEvent): string {
  const line: Record<string, unknown> = { writer: event.writer };
  for (const [name, value] of eventFields(event)) {
    if (value === undefined) continue;
    if (name !== 'subject') line[name] = value instanceof Uint8Array ? toHex(value) : value;
    else line[name] = [...((line[name] as string[] | undefined) ?? []), value];
  }
  line['hash'] = toHex(event.hash);
  if (event.bytes !== undefined) line['bytes'] = Buffer.from(event.bytes).toString('base64');
  return JSON.stringify(line);
}

/** Reads what {@link eventLine} wrote; `undefined` when it is anything else. Hashes are for the caller to check. */
export function parseEventLine(line: string): ArchivedEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = new Fields(value as Record<string, unknown>);
  const containerKey = fields.text('containerKey');
  const storedSha256 = fields.hex('storedSha256');
  const subjects = fields.list('subject');
  const bytes = fields.text('bytes');
  const event = {
    position: fields.number('position'),
    localKey: fields.text('localKey'),
    version: fields.number('version'),
    direction: fields.text('direction'),
    channel: fields.text('channel'),
    serviceId: fields.text('serviceId'),
    kind: fields.text('kind'),
    atMs: fields.number('atMs'),
    writer: fields.text('writer'),
    hash: fields.hex('hash'),
    messageId: fields.text('messageId'),
    correlationId: fields.text('correlationId'),
    messageType: fields.text('messageType'),
    code: fields.text('code'),
    delivery: fields.text('delivery'),
    attempt: fields.number('attempt'),
    untilMs: fields.number('untilMs'),
    expiresAtMs: fields.number('expiresAtMs'),
    deliveryState: fields.text('deliveryState'),
    resolution: fields.text('resolution'),
    note: fields.text('note'),
    relatedKey: fields.text('relatedKey'),
    reference: fields.text('reference'),
    contentHash: fields.text('contentHash'),
    container:
      containerKey === undefined
        ? undefined
        : { localKey: containerKey, part: fields.number('containerPart') },
    stored:
      storedSha256 === undefined
        ? undefined
        : { sha256: storedSha256, byteLength: fields.number('storedLength'), keyId: fields.text('keyId') },
    subjects: subjects?.map((subject) => Buffer.from(subject, 'hex')),
    bytes: bytes === undefined ? undefined : Buffer.from(bytes, 'base64'),
  } as unknown as ArchivedEvent;
  return isComplete(event) && isWrittenAs(event, line) ? event : undefined;
}

function isComplete(event: ArchivedEvent): boolean {
  const { position, localKey, version, direction, channel, serviceId, kind, atMs, writer, hash } = event;
  const required: readonly unknown[] = [
    position,
    localKey,
    version,
    direction,
    channel,
    serviceId,
    kind,
    atMs,
    writer,
  ];
  return required.every((one) => one !== undefined) && (hash as Uint8Array | undefined)?.byteLength === 32;
}

/** The reverse must give the same text: so no field is there that was not read, and none in another form. */
function isWrittenAs(event: ArchivedEvent, line: string): boolean {
  try {
    return eventLine(event) === line;
  } catch {
    return false;
  }
}

/** Fields of a line by type; a field of another type counts as absent, and then the line is not written as it should. */
class Fields {
  readonly #value: Record<string, unknown>;

  constructor(value: Record<string, unknown>) {
    this.#value = value;
  }

  text(name: string): string | undefined {
    const value = this.#own(name);
    return typeof value === 'string' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#own(name);
    return typeof value === 'number' ? value : undefined;
  }

  hex(name: string): Uint8Array | undefined {
    const value = this.text(name);
    return value === undefined || !/^(?:[0-9a-f]{2})*$/.test(value) ? undefined : Buffer.from(value, 'hex');
  }

  list(name: string): readonly string[] | undefined {
    const value = this.#own(name);
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#value, name) ? this.#value[name] : undefined;
  }
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
