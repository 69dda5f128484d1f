import { randomUUID } from 'node:crypto';

import type { PortalBody } from './portal-codec.ts';

/** One part of a form: a text, or a file with its name and type. */
export type MultipartPart =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly fileName: string;
      /** Default: `application/octet-stream`. */
      readonly contentType?: string | undefined;
      readonly bytes: Uint8Array;
    };

/**
 * A form as browsers send it. Building block of codecs; which names the portal expects is not known.
 *
 * @throws {TypeError} when a type of content cannot stand in a header
 * @see RFC 7578, section 4; names are escaped as the HTML standard says ("Multipart form data")
 */
export function multipartBody(parts: readonly MultipartPart[]): PortalBody {
  const boundary = `ekdo-${randomUUID()}`;
  const chunks: Uint8Array[] = [];
  for (const part of parts) {
    const isFile = 'bytes' in part;
    const fileName = isFile ? `; filename="${escapeName(part.fileName)}"` : '';
    const type = isFile ? `Content-Type: ${mediaType(part.contentType)}\r\n` : '';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(part.name)}"${fileName}\r\n${type}\r\n`;
    const content = isFile ? part.bytes : Buffer.from(part.value);
    chunks.push(Buffer.from(head), content, Buffer.from('\r\n'));
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    bytes: Buffer.concat(chunks),
  };
}

function escapeName(name: string): string {
  return name.replace(/\r\n?|\n/g, '%0D%0A').replaceAll('"', '%22');
}

function mediaType(type = 'application/octet-stream'): string {
  if (/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:;[\t\x20-\x7e]*)?$/.test(type)) return type;
  throw new TypeError('contentType must be a media type such as application/pdf');
}
