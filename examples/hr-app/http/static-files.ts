import { readFile } from 'node:fs/promises';

import type { PageResponse } from './server.ts';

/** The compiler leaves them where they are: beside the sources. */
const folder = new URL('../../../hr-app/', import.meta.url);

/** In the order in which they apply. */
export const styleSheets = ['page', 'lists', 'card', 'forms', 'narrow'].map((name) => `/styles/${name}.css`);

const types: Readonly<Record<string, string>> = {
  '/icon.svg': 'image/svg+xml',
  ...Object.fromEntries(styleSheets.map((path) => [path, 'text/css; charset=utf-8'])),
};

/** A file that the page refers to; `undefined` when it is none of those. */
export async function staticFile(path: string): Promise<PageResponse | undefined> {
  const type = Object.hasOwn(types, path) ? types[path] : undefined;
  if (type === undefined) return undefined;
  return { status: 200, type, body: await readFile(new URL(path.slice(1), folder), 'utf8') };
}
