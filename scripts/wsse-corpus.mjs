/**
 * Makes the corpus in fixtures/wsse: `node scripts/wsse-corpus.mjs`. With `--check` it writes nothing and fails when
 * the committed files are not the ones it would write.
 *
 * Keys are those of fixtures/keys and RSA signatures are deterministic, so the same files come out each time.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { acceptedCases } from './wsse-corpus/accepted.mjs';
import { algorithmCases } from './wsse-corpus/algorithms.mjs';
import { contentCases } from './wsse-corpus/contents.mjs';
import { hostileXmlCases } from './wsse-corpus/hostile-xml.mjs';
import { keyInfoCases } from './wsse-corpus/key-infos.mjs';
import { shapeCases } from './wsse-corpus/shapes.mjs';
import { bodyPath, canonical } from './wsse-corpus/sign.mjs';
import { signerCases } from './wsse-corpus/signers.mjs';
import { wrappingCases } from './wsse-corpus/wrapping.mjs';

const { values: flags } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const target = new URL('../fixtures/wsse/', import.meta.url);

const cases = [
  ...acceptedCases(),
  ...wrappingCases(),
  ...shapeCases(),
  ...contentCases(),
  ...keyInfoCases(),
  ...algorithmCases(),
  ...signerCases(),
  ...hostileXmlCases(),
];

/** `inclusive-prefix-list` digests another form of its Body. */
const referencePrefixes = { 'inclusive-prefix-list': ['b'] };

function describe({ rule, title, expect, message, trust = { pinned: ['organisation.crt'] }, ...options }) {
  const description = { rule, title, expect, trust, at: '2026-01-01T00:00:00.000Z', ...options };
  if (expect === 'ok') {
    const octets = canonical(message, bodyPath, referencePrefixes[rule]);
    description.bodySha256 = createHash('sha256').update(octets).digest('hex');
  }
  return description;
}

const files = new Map();
for (const one of cases) {
  if (files.has(`${one.rule}/case.json`)) throw new Error(`two cases are called ${one.rule}`);
  files.set(`${one.rule}/case.json`, Buffer.from(`${JSON.stringify(describe(one), null, 2)}\n`));
  files.set(`${one.rule}/message.xml`, Buffer.from(one.message));
}

function committed() {
  if (!existsSync(target)) return [];
  return readdirSync(target, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map((entry) => `${entry.parentPath.replace(/\/$/, '').split('/').at(-1)}/${entry.name}`);
}

const stale = committed().filter((path) => !files.has(path));
const changed = [...files].filter(([path, content]) => {
  const url = new URL(path, target);
  return !existsSync(url) || !readFileSync(url).equals(content);
});

if (flags.check) {
  for (const path of [...stale, ...changed.map(([path]) => path)])
    console.error(`differs: fixtures/wsse/${path}`);
  process.exitCode = stale.length + changed.length === 0 ? 0 : 1;
} else {
  for (const path of stale) rmSync(new URL(path.split('/')[0], target), { recursive: true, force: true });
  for (const [path, content] of changed) {
    mkdirSync(new URL(path.split('/')[0], target), { recursive: true });
    writeFileSync(new URL(path, target), content);
  }
  console.log(`${cases.length} cases, ${changed.length} files written, ${stale.length} files removed`);
}
