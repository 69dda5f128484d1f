/** What became of every document of a list, as a table for a spreadsheet. */
import { readTable } from '@egov-gateway/labor-contracts/batch';

import type { PortalLanguage } from '../language.ts';
import { type Problem, sentence } from '../problem-lines.ts';
import type { ResultsFormat } from '../results-file.ts';

/**
 * What became of a document. `ready`: a dry run found nothing wrong; `not-signed`: there is no signature, so that nothing
 * left; the others are outcomes of the registry.
 */
export type DocumentState =
  | 'ready'
  | 'invalid'
  | 'not-signed'
  | 'sent'
  | 'refused'
  | 'not-sent'
  | 'in-doubt'
  | 'closed';

/** One line of the table. */
export interface DocumentResult {
  readonly row: number;
  readonly key: string;
  readonly state: DocumentState;
  /** An earlier call had this outcome; nothing was sent now. */
  readonly repeated: boolean;
  /** Id of the document in the portal. */
  readonly documentId?: string | undefined;
  /** The portal's word. */
  readonly portalStatus?: string | undefined;
  readonly code?: string | undefined;
  readonly problems: readonly Problem<PortalLanguage>[];
  readonly warnings: readonly Problem<PortalLanguage>[];
  /** What the portal said when it refused. */
  readonly answer?: string | undefined;
}

const columns = [
  'row',
  'key',
  'state',
  'document_id',
  'portal_status',
  'code',
  'message_ru',
  'remedy_ru',
  'message_en',
  'remedy_en',
  'portal_answer',
] as const;

/** The portal may say much; the beginning tells why. */
const maxAnswerLength = 1000;

/** The table. */
export const documentResults: ResultsFormat = {
  header: `\uFEFF${columns.join(';')}\r\n`,
  read(text) {
    const whole = text.slice(0, text.lastIndexOf('\r\n') + 2);
    if (whole === '') return [];
    if (!whole.startsWith(documentResults.header)) return undefined;
    const { table } = readTable(new TextEncoder().encode(whole));
    return (table?.rows ?? [])
      .slice(1)
      .map(({ cells }) => cells.map((cell) => (typeof cell === 'string' ? cell : cell.text)))
      .filter((cells) => cells.length === columns.length)
      .map((cells) => {
        const [row = '', key = '', state = ''] = cells;
        const name = key.replace(/^'/, '');
        return {
          row: Number(row),
          name,
          isDone: state === 'sent',
          isOfSending: state !== 'ready' && state !== 'invalid',
          journalKey: name,
          line: `${cells.map(quoted).join(';')}\r\n`,
        };
      });
  },
};

/** The line of a document, its line end included. */
export function documentLine(result: DocumentResult): string {
  const { row, key, state, documentId, portalStatus, code, problems, warnings, answer } = result;
  const all = [...problems, ...warnings];
  const words = (of: 'message' | 'remedy', language: 'ru' | 'en'): string =>
    all
      .map((one) => {
        const said = one[of][language];
        return sentence(of === 'message' && one.column !== undefined ? `«${one.column}»: ${said}` : said);
      })
      .join(' ');
  const cells = [
    String(row),
    key,
    state,
    documentId,
    portalStatus,
    code ?? problems.map((one) => one.code).join(' '),
    words('message', 'ru'),
    words('remedy', 'ru'),
    words('message', 'en'),
    words('remedy', 'en'),
    answer?.slice(0, maxAnswerLength).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' '),
  ];
  return `${cells.map((cell) => quoted(safe(cell ?? ''))).join(';')}\r\n`;
}

/** An apostrophe keeps a spreadsheet from taking text for a formula. */
function safe(text: string): string {
  return /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
