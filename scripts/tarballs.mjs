/**
 * Packs what npm would publish, for use before it is there: `npm install FOLDER/*.tgz` in any other project.
 *
 *     npm run tarballs -- FOLDER
 *
 * Needs a build (`npm ci` makes one). Works offline.
 */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { publicPackages, root } from './workspace.mjs';

const run = promisify(execFile);

/** Packs all public packages into a folder. Returns what npm says of each tarball: name, filename, files, size. */
export async function packPublic(folder) {
  const workspaces = publicPackages().flatMap((one) => ['-w', `packages/${one.folder}`]);
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...workspaces],
    { cwd: root, maxBuffer: 64 * 1024 * 1024 },
  );
  return [JSON.parse(stdout)].flat();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error('npm run tarballs -- FOLDER');
    process.exitCode = 2;
  } else {
    // Where npm was called: `npm run` goes to the root first.
    const into = resolve(process.env.INIT_CWD ?? '.', folder);
    mkdirSync(into, { recursive: true });
    const packed = await packPublic(into);
    console.log(`${packed.length} packages in ${into}`);
  }
}
