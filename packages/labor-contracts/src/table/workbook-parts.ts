import { parseXml, type XmlNode } from '@egov-gateway/xml';

import type { Wording } from '../scse/scse-row.ts';
import { named } from './sheet-formats.ts';
import type { TableProblem } from './table.ts';
import { tableProblem } from './table-problems.ts';
import type { ZipArchive } from './zip-archive.ts';

const xmlLimits = { maxBytes: 100_000_000, maxNodes: 20_000_000 };

/** A part that another one refers to. */
export interface RelatedPart {
  readonly id: string;
  /** The last word of its type, such as `worksheet`: both editions of the format have the same ones. */
  readonly type: string;
  readonly path: string;
}

/** The XML of a part. @throws {ZipFault} @throws {XmlError} @throws {ParseError} when it cannot be read */
export function readPart(archive: ZipArchive, path: string): XmlNode {
  return parseXml(archive.read(path), { limits: xmlLimits }).root;
}

/** What a part refers to, inside the archive; `''` is the archive itself. @see ECMA-376 part 2, 8.4 and 9.3 */
export function relatedParts(archive: ZipArchive, path: string): readonly RelatedPart[] {
  const slash = path.lastIndexOf('/') + 1;
  const links = `${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`;
  if (!archive.has(links)) return [];
  const found: RelatedPart[] = [];
  for (const link of named(readPart(archive, links), 'Relationship')) {
    const target = partPath(path, link.attribute('Target') ?? '');
    if (link.attribute('TargetMode') === 'External' || target === undefined || !archive.has(target)) continue;
    const type = link.attribute('Type') ?? '';
    found.push({
      id: link.attribute('Id') ?? '',
      type: type.slice(type.lastIndexOf('/') + 1),
      path: target,
    });
  }
  return found;
}

/** The part that holds the workbook: where the archive says, else where it usually is. */
export function workbookPath(archive: ZipArchive): string | undefined {
  const main = relatedParts(archive, '').find(({ type }) => type === 'officeDocument')?.path;
  const path = main ?? 'xl/workbook.xml';
  return archive.has(path) && path.endsWith('.xml') && !isDocument(path) ? path : undefined;
}

const documents: readonly (readonly [part: string, Wording])[] = [
  ['word/document.xml', { ru: 'документ Word', kk: 'Word құжаты', en: 'a Word document' }],
  [
    'ppt/presentation.xml',
    { ru: 'презентация PowerPoint', kk: 'PowerPoint таныстырылымы', en: 'a PowerPoint presentation' },
  ],
];

const tables: readonly (readonly [part: string, Wording])[] = [
  [
    'xl/workbook.bin',
    {
      ru: 'двоичная книга Excel (.xlsb)',
      kk: 'екілік Excel кітабы (.xlsb)',
      en: 'a binary workbook (.xlsb)',
    },
  ],
  ['content.xml', { ru: 'OpenDocument (.ods)', kk: 'OpenDocument (.ods)', en: 'OpenDocument (.ods)' }],
];

const isDocument = (path: string): boolean => documents.some(([part]) => part === path);

/** What an archive is that holds no workbook. */
export function otherArchive(archive: ZipArchive): TableProblem {
  const table = tables.find(([part]) => archive.has(part));
  if (table !== undefined) return tableProblem('other-format', {}, [table[1]]);
  const document = documents.find(([part]) => archive.has(part));
  const what = document?.[1] ?? { ru: 'архив ZIP', kk: 'ZIP мұрағаты', en: 'a ZIP archive' };
  return tableProblem('not-a-table', {}, [what]);
}

/** A target is an address: relative to the folder of the part that names it, or absolute, with escapes. */
function partPath(from: string, target: string): string | undefined {
  try {
    const { protocol, pathname } = new URL(target, `part:///${from}`);
    return protocol === 'part:' ? decodeURIComponent(pathname).slice(1) : undefined;
  } catch {
    return undefined;
  }
}
