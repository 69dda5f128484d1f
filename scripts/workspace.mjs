import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The root of the repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../', import.meta.url));

/** The published packages: folder name, path and manifest. */
export function publicPackages() {
  return readdirSync(`${root}packages`)
    .filter((folder) => existsSync(`${root}packages/${folder}/package.json`))
    .map((folder) => {
      const path = `${root}packages/${folder}`;
      return { folder, path, manifest: JSON.parse(readFileSync(`${path}/package.json`, 'utf8')) };
    })
    .filter((one) => one.manifest.private !== true);
}
