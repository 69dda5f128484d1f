import { PortalRefusal } from './portal-answer.ts';

/** A file of a request. @internal */
export interface FormFile {
  readonly name: string | undefined;
  readonly bytes: Uint8Array;
}

/** A request body, whichever of the guessed forms it has. @internal */
export interface Form {
  text(name: string): string | undefined;
  file(name: string): FormFile | undefined;
  /** Texts that nobody has asked for. */
  rest(): Readonly<Record<string, string>>;
}

/** Reads a form with files, or JSON with files as Base64. @throws {PortalRefusal} @internal */
export async function readForm(contentType: string, body: Uint8Array): Promise<Form> {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  const texts = new Map<string, string>();
  const files = new Map<string, FormFile>();
  if (type === 'multipart/form-data') await readMultipart(contentType, body, texts, files);
  else if (type === 'application/json') readMembers(body, texts);
  else throw new PortalRefusal('EMU-BODY-TYPE', 'expected multipart/form-data or application/json');
  const isJson = type === 'application/json';
  const taken = new Set<string>();
  return {
    text(name) {
      taken.add(name);
      return texts.get(name);
    },
    file(name) {
      taken.add(name);
      if (!isJson) return files.get(name);
      const base64 = texts.get(name);
      return base64 === undefined ? undefined : { name: undefined, bytes: fromBase64(base64) };
    },
    rest: () => Object.fromEntries([...texts].filter(([name]) => !taken.has(name))),
  };
}

async function readMultipart(
  contentType: string,
  body: Uint8Array,
  texts: Map<string, string>,
  files: Map<string, FormFile>,
): Promise<void> {
  let form: FormData;
  try {
    const bytes = new Uint8Array(body);
    form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new PortalRefusal('EMU-BODY', 'the form cannot be read');
  }
  for (const [name, value] of form.entries()) {
    if (texts.has(name) || files.has(name)) throw new PortalRefusal('EMU-BODY', 'the form has a name twice');
    if (typeof value === 'string') texts.set(name, value);
    else files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
}

function readMembers(body: Uint8Array, texts: Map<string, string>): void {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw new PortalRefusal('EMU-BODY', 'the JSON cannot be read');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PortalRefusal('EMU-BODY', 'the JSON must be an object');
  }
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string') texts.set(name, member);
  }
}

function fromBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw new PortalRefusal('EMU-BODY', 'a file must be Base64');
  }
  return new Uint8Array(Buffer.from(text, 'base64'));
}
