/**
 * Runs one example, or lists them.
 *
 *     npm run example                   what there is
 *     npm run example -- NAME [...]     runs examples/NAME.ts, or examples/NAME/main.ts
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { root } from './workspace.mjs';

const [name, ...options] = process.argv.slice(2);
/** By name, the file that is run, without its extension: one of the folder, or the main one of a folder in it. */
const files = new Map(
  readdirSync(`${root}examples`)
    .map((entry) =>
      existsSync(`${root}examples/${entry}/main.ts`) ? `${entry}/main` : entry.replace(/\.ts$/, ''),
    )
    .filter((file) => existsSync(`${root}examples/${file}.ts`))
    .map((file) => [file.replace(/\/main$/, ''), file]),
);
const names = [...files.keys()].sort();

/** First sentence of the file's docstring. */
function purpose(example) {
  const text = readFileSync(`${root}examples/${files.get(example)}.ts`, 'utf8');
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  return comment
    .replace(/^\s*\* ?/gm, '')
    .trim()
    .split(/\.\s/)[0]
    .replace(/\s+/g, ' ');
}

if (name === '--list') {
  console.log(names.join('\n'));
} else if (name === undefined) {
  const width = Math.max(...names.map((one) => one.length));
  for (const one of names) console.log(`${one.padEnd(width)}  ${purpose(one)}`);
  console.log('\nnpm run example -- NAME');
} else if (names.includes(name)) {
  const steps = [
    [`${root}node_modules/typescript/bin/tsc`, '-b', `${root}examples`],
    [`${root}examples/dist/${files.get(name)}.js`, ...options],
  ];
  for (const step of steps) {
    const { status } = spawnSync(process.execPath, step, { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
} else {
  console.error(`there is no example ${name}; npm run example lists them`);
  process.exit(2);
}
