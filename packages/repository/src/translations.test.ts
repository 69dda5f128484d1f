import { dirname, normalize } from 'node:path';

import { describe, expect, test } from 'vitest';

import { exists, listFiles, readText } from './workspace.ts';

const documents = listFiles('').filter(
  (path) => /(?<!\.api)\.md$/.test(path) && !path.startsWith('fixtures/'),
);
const translated = documents.filter((path) => path.endsWith('.ru.md'));

/** The document without its code blocks. */
function prose(path: string): string {
  return readText(path).replace(/^```[\s\S]*?^```$/gm, '');
}

/** Levels of the headings, in order. */
function outline(path: string): number[] {
  return [...prose(path).matchAll(/^(#{1,6}) /gm)].map((match) => match[1]?.length ?? 0);
}

/** Code blocks without their comments: those are translated. */
function codeBlocks(path: string): string[] {
  return [...readText(path).matchAll(/^```([\s\S]*?)^```$/gm)].map((match) =>
    (match[1] ?? '').replace(/(?:(?<=\s)#|\/\/).*$/gm, '').replace(/[ \t]+$/gm, ''),
  );
}

describe.each(translated)('%s', (path) => {
  const original = path.replace(/\.ru\.md$/, '.md');

  test('is a translation of an English document', () => {
    expect(documents).toContain(original);
  });

  test('has the same outline', () => {
    expect(outline(path)).toEqual(outline(original));
  });

  test('has the same code blocks, comments apart', () => {
    expect(codeBlocks(path)).toEqual(codeBlocks(original));
  });

  test('has tables of the same size', () => {
    const rows = (document: string): number => prose(document).match(/^\|/gm)?.length ?? 0;
    expect(rows(path)).toBe(rows(original));
  });
});

/** GitHub's anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

describe('links', () => {
  test.each(documents)('of %s lead to a file or a heading that exists', (path) => {
    const links = [...prose(path).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
    const broken = links.filter((link) => {
      if (/^(https?|mailto):/.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : normalize(`${dirname(path)}/${decodeURI(file)}`);
      if (!exists(target)) return true;
      if (anchor === undefined || !target.endsWith('.md')) return false;
      const anchors = [...prose(target).matchAll(/^#{1,6} (.*)$/gm)].map((match) => anchorOf(match[1] ?? ''));
      return !anchors.includes(decodeURIComponent(anchor));
    });
    expect(broken).toEqual([]);
  });
});
