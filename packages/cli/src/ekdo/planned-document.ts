import { stat } from 'node:fs/promises';

import { ValidateError } from '@egov-gateway/core';
import {
  documentFileName,
  type GroupMap,
  maxPdfBytes,
  type NameChangeCode,
  type SignatureKind,
  signatureKindOf,
} from '@egov-gateway/ekdo';

import type { PortalLanguage } from '../language.ts';
import type { Problem } from '../problem-lines.ts';
import type { ListedDocument } from './document-list.ts';
import { changeProblem, documentProblem, findingProblem, issueProblems } from './document-problems.ts';
import { storedPath } from './pdf-files.ts';
import type { SignatureSource } from './signature-source.ts';

/** What every document of a list is judged by. */
export interface SendRules {
  readonly subtypes: GroupMap | undefined;
  readonly source: SignatureSource;
  /** Of documents of which nothing else says it. */
  readonly signatureKind: SignatureKind | undefined;
}

/** A row with everything that its document is sent with, or what stops it. */
export interface PlannedDocument {
  readonly row: number;
  readonly key: string;
  readonly path: string;
  /** In the portal. */
  readonly fileName: string;
  readonly group: string | undefined;
  readonly kind: SignatureKind;
  readonly problems: readonly Problem<PortalLanguage>[];
  readonly warnings: readonly Problem<PortalLanguage>[];
}

/** Finds out what a row is sent as. Opens no document. */
export async function planDocument(listed: ListedDocument, rules: SendRules): Promise<PlannedDocument> {
  const { row, key, subtype } = listed;
  const found = rules.subtypes?.find(subtype);
  const only = found?.signatures.length === 1 ? found.signatures[0] : undefined;
  const told = listed.kind === undefined ? (rules.signatureKind ?? only) : signatureKindOf(listed.kind);
  const problems = [...listed.problems];
  if (told === undefined) {
    const code = listed.kind === undefined ? 'no-signature-kind' : 'unknown-signature-kind';
    problems.push(documentProblem(code, row));
  } else if (found !== undefined && !found.signatures.includes(told)) {
    problems.push(documentProblem('other-signature-kind', row));
  }
  if (rules.subtypes !== undefined && found === undefined && subtype !== '') {
    problems.push(documentProblem('no-group', row));
  }
  const isWhole = listed.problems.length === 0;
  const path = isWhole ? await storedPath(listed.path) : listed.path;
  if (isWhole) problems.push(...(await fileProblems(path, row, rules.source)));
  const name = isWhole ? nameOf(listed) : undefined;
  return {
    row,
    key,
    path,
    fileName: name?.fileName ?? '',
    group: found?.group,
    kind: told ?? 'pep',
    problems: [...problems, ...(name?.problems ?? [])],
    warnings: name?.warnings ?? [],
  };
}

/** Changes of a name that somebody who looks for the document has to know of. */
const toldChanges: ReadonlySet<NameChangeCode> = new Set([
  'character-replaced',
  'reserved-name',
  'shortened',
]);

function nameOf(listed: ListedDocument): {
  readonly fileName: string;
  readonly problems: readonly Problem<PortalLanguage>[];
  readonly warnings: readonly Problem<PortalLanguage>[];
} {
  const { row } = listed;
  try {
    const { fileName, changes } = documentFileName(listed);
    const warnings = changes
      .filter(({ code }) => toldChanges.has(code))
      .map((change) => changeProblem(change, row));
    return { fileName, problems: [], warnings };
  } catch (error) {
    if (!(error instanceof ValidateError)) throw error;
    return { fileName: '', problems: issueProblems(error.issues, row), warnings: [] };
  }
}

async function fileProblems(
  path: string,
  row: number,
  source: SignatureSource,
): Promise<Problem<PortalLanguage>[]> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile() !== true) return [documentProblem('no-file', row)];
  const missing = source.problemOf(path);
  return [
    ...(info.size > maxPdfBytes ? [findingProblem('too-big', row)] : []),
    ...(missing === undefined ? [] : [documentProblem(missing, row)]),
  ];
}
