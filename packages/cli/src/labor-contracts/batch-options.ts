/** The options of a batch, and their help. */
import type { ContractOperation } from '@egov-gateway/labor-contracts';

import type { CommandOptions } from '../command.ts';
import { connectionHelp, connectionOptions } from '../gateway-connection.ts';
import { journalHelp } from '../journal-file.ts';
import { contractOptions, journalOptions } from '../setting-options.ts';

/** The options. */
export function batchOptions(operation: ContractOperation): CommandOptions {
  return {
    'dry-run': { type: 'boolean' },
    ...(operation === 'terminate' ? { 'confirm-terminations': { type: 'string' } } : {}),
    results: { type: 'string' },
    mapping: { type: 'string' },
    'save-mapping': { type: 'string' },
    set: { type: 'string', multiple: true },
    sheet: { type: 'string' },
    'date-order': { type: 'string' },
    'key-prefix': { type: 'string' },
    book: { type: 'string', multiple: true },
    identity: { type: 'string' },
    'payload-mode': { type: 'string' },
    again: { type: 'boolean' },
    concurrency: { type: 'string' },
    'max-per-hour': { type: 'string' },
    language: { type: 'string' },
    json: { type: 'boolean' },
    async: { type: 'boolean' },
    'async-endpoint': { type: 'string' },
    'no-wait': { type: 'boolean' },
    'wait-ms': { type: 'string' },
    'no-poll': { type: 'boolean' },
    'poll-interval-ms': { type: 'string' },
    'ask-after-ms': { type: 'string' },
    'on-unknown': { type: 'string' },
    ...contractOptions,
    ...journalOptions,
    ...connectionOptions,
  };
}

/** What --set and the mapping file call the columns. */
const fields: Readonly<Record<ContractOperation, readonly string[]>> = {
  register: [
    'key, employerBin, employeeIin, contractNumber, contractDate, beginDate, position,',
    'establishedPost, conscript',
  ],
  change: [
    'key, employerBin, contractId, agreementNumber, agreementDate, beginDate, position, establishedPost',
  ],
  terminate: ['key, employerBin, contractId, terminationDate, terminationReason'],
};

/** Their help. */
export function batchHelp(operation: ContractOperation): readonly string[] {
  return [
    '--dry-run             check every row, send nothing; needs no gateway and no journal',
    ...(operation === 'terminate'
      ? ['--confirm-terminations N  how many rows the table has: a person has confirmed all of them']
      : []),
    '--results FILE        what became of every row; FILE.results.csv by default, none for a dry run',
    '--mapping FILE        which column holds what; by default the titles tell, in Russian, Kazakh or English',
    '--save-mapping FILE   write what was found there, for the next time',
    '--set FIELD=VALUE     the same value for all rows, such as conscript=1; repeat it for several; FIELD is one of',
    ...fields[operation].map((line) => `                      ${line}`),
    '--sheet NAME          sheet of the workbook; the first visible one by default',
    '--date-order ORDER    day-month or month-day, where the dates of the table do not tell',
    '--key-prefix TEXT     put before the keys in the journal; by default the BIN of the employer',
    '--book NAME=FILE      reference book (CSV): position, establishedPost or conscript; repeat it for several',
    '--holidays FILE       days off, a date a line, + before a worked weekend: warns of legal terms (or EGW_HOLIDAYS)',
    '--identity MODE       strict (default), format or off: how IIN and BIN are checked; test stands have invalid ones',
    '--payload-mode MODE   string-escaped (default), string-cdata or element',
    '--again               send once more what was refused before',
    '--concurrency N       rows under way at a time; 4 by default',
    '--max-per-hour N      rows that begin in an hour; no limit by default',
    '--language L          ru, kk or en, for messages about the table and the counts; by default that of the system',
    '--json                the counts as one JSON object on stdout',
    '--service-id ID       serviceId of labour contracts: ask its owner (or EGW_SERVICE_ID)',
    '--employer-key FILE   the signing key of the employer, .p12 or PEM (or EGW_EMPLOYER_KEY)',
    '--employer-password-file F  its password (or the password itself in EGW_EMPLOYER_PASSWORD)',
    '--employer-certificate F    certificate of a PEM key',
    ...journalHelp,
    ...connectionHelp,
    'Over the asynchronous channel:',
    '--async               keep every row in the journal, send it from there, wait for what becomes of it',
    '--async-endpoint URL  address of the asynchronous channel (or EGW_ASYNC_ENDPOINT)',
    '--no-wait             keep the rows and end: egw outbox run sends them, the same command takes the answers later',
    '--wait-ms N           wait so long at most for answers; without an end by default',
    '--no-poll             do not ask for answers: they are pushed to egw receive on the same journal',
    '--poll-interval-ms N  the shortest pause between two questions; 5000 by default',
    '--ask-after-ms N      ask where a row stands that nothing came for in so long; 60000 by default',
    '--on-unknown P        hold (default) or resend, when nobody knows whether the gateway took a row',
  ];
}
