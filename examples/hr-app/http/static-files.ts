import { readFile } from 'node:fs/promises';

import type { PageResponse } from './server.ts';

/** The compiler leaves them where they are: beside the sources. */
const folder = new URL('../../../hr-app/', import.meta.url);

const types: Readonly<Record<string, string>> = {
  '/style.css': 'text/css; charset=utf-8',
  '/icon.svg': 'image/svg+xml',
};

/** A file that the page refers to; `undefined` when it is none of those. */
export async function staticFile(path: string): Promise<PageResponse | undefined> {
  const type = Object.hasOwn(types, path) ? types[path] : undefined;
  if (type === undefined) return undefined;
  return { status: 200, type, body: await readFile(new URL(path.slice(1), folder), 'utf8') };
}
