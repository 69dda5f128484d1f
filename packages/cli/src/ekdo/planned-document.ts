import { stat } from 'node:fs/promises';

import { documentFileName, maxPdfBytes, type SignatureKind, signatureKindOf } from '@egov-gateway/ekdo';
import type { TableProblem } from '@egov-gateway/labor-contracts/batch';

import type { ListedDocument } from './document-list.ts';
import { documentProblem, findingProblem } from './document-problems.ts';
import type { PortalConfig } from './portal-config.ts';
import type { SignatureSource } from './signature-source.ts';

/** What every document of a list is judged by. */
export interface SendRules {
  readonly config: Pick<PortalConfig, 'groups' | 'signatureKinds'>;
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
  readonly problems: readonly TableProblem[];
}

/** Finds out what a row is sent as. Opens no file. */
export async function planDocument(listed: ListedDocument, rules: SendRules): Promise<PlannedDocument> {
  const { row, key, path, subtype } = listed;
  const { groups, signatureKinds } = rules.config;
  const kind = listed.kind === undefined ? signatureKinds[subtype] : signatureKindOf(listed.kind);
  const group = Object.hasOwn(groups, subtype) ? groups[subtype] : undefined;
  const problems = [...listed.problems];
  if (listed.kind !== undefined && kind === undefined)
    problems.push(documentProblem('unknown-signature-kind', row));
  else if ((kind ?? rules.signatureKind) === undefined)
    problems.push(documentProblem('no-signature-kind', row));
  if (Object.keys(groups).length > 0 && group === undefined && subtype !== '') {
    problems.push(documentProblem('no-group', row));
  }
  if (listed.problems.length === 0) problems.push(...(await fileProblems(path, row, rules.source)));
  return {
    row,
    key,
    path,
    fileName: listed.problems.length === 0 ? documentFileName(listed) : '',
    group,
    kind: kind ?? rules.signatureKind ?? 'pep',
    problems,
  };
}

async function fileProblems(path: string, row: number, source: SignatureSource): Promise<TableProblem[]> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile() !== true) return [documentProblem('no-file', row)];
  const missing = source.problemOf(path);
  return [
    ...(info.size > maxPdfBytes ? [findingProblem('too-big', row)] : []),
    ...(missing === undefined ? [] : [documentProblem(missing, row)]),
  ];
}
