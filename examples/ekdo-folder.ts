/**
 * A folder of PDF files on its way to the portal «Работа России» (ЭКДО), with a journal: one file is refused before it is sent, one is
 * in doubt and resolved by a person.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  createGroupMap,
  documentFileName,
  EkdoClient,
  type EkdoEntry,
  EkdoRegistry,
  explainPdfFinding,
  type PdfFindingCode,
} from '@egov-gateway/ekdo';
import { createEkdoPortal, madeUpPdf } from '@egov-gateway/emulator';
import { openJournal } from '@egov-gateway/journal';

// What the HR system knows of its files. The key stands in the journal as it is: no names of people.
const orders = [
  { file: 'a.pdf', key: 'order-1', subtype: 'Приказ', number: '1/к', date: '2026-01-12' },
  { file: 'b.pdf', key: 'order-2', subtype: 'Приказ', number: '2/к', date: '2026-01-13' },
  { file: 'c.pdf', key: 'contract-3', subtype: 'Трудовой договор', number: '3', date: '2026-01-13' },
] as const;
// Groups of the portal are not published: yours come from its own list.
const groups = createGroupMap({
  subtypes: {
    Приказ: { group: 'GROUP_1', signatures: ['ukep'] },
    'Трудовой договор': { group: 'GROUP_2', signatures: ['ukep'] },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'ekdo-folder-'));
await writeFile(join(folder, 'a.pdf'), madeUpPdf('Приказ № 1/к'));
await writeFile(join(folder, 'b.pdf'), madeUpPdf('Приказ № 2/к'));
await writeFile(join(folder, 'c.pdf'), madeUpPdf('Договор № 3').subarray(0, 700)); // broken off while it was copied

// The portal of the emulator. A real one has an address, routes and codecs that its support names.
const portal = createEkdoPortal();
const client = new EkdoClient({
  ...portal.connection(),
  transport: portal.transport(),
  // Made outside: the means of a Russian certification centre. Here a test key that has no legal force.
  signDetached: portal.signDetached('ukep'),
  onStep: ({ step, httpStatus = 'no answer', code }) =>
    console.log(`  ${step}:`, httpStatus, ...(code ? [code] : [])),
});
const journal = await openJournal(join(folder, 'documents.journal'));
const registry = new EkdoRegistry({ client, journal });

const entries: EkdoEntry[] = [];
for (const name of (await readdir(folder)).filter((one) => one.endsWith('.pdf')).sort()) {
  const order = orders.find(({ file }) => file === name);
  if (order === undefined) continue;
  const { key, subtype, number, date } = order;
  const { fileName } = documentFileName({ employee: 'Тестова Тест Тестовна', subtype, number, date });
  const { group, signatures: signatureKinds } = groups.rule(subtype);
  entries.push({ key, fileName, group, signatureKinds, bytes: () => readFile(join(folder, name)) });
}

console.log('Ready for the exchange:');
for (const one of await registry.ready(entries)) {
  console.log(`${one.key}: ${one.ready ? 'ready' : one.reason}`);
  if (one.ready) continue;
  for (const { rule } of one.issues) console.log(`  ${explainPdfFinding(rule as PdfFindingCode).remedy.en}`);
}

// The second document arrives, and its answer gets lost on the way.
const send = async (entry: EkdoEntry): Promise<void> => {
  console.log(`${entry.key}:`);
  const outcome = await registry.send(entry);
  console.log(
    `  ${outcome.state}${outcome.state === 'sent' ? ` as ${outcome.id}, ${outcome.portalStatus}` : ''}`,
  );
};
for (const entry of entries) {
  if (entry.key === 'order-2') portal.misbehave('bad-gateway-after-accepting');
  await send(entry);
}

// Nobody sends it again by itself. A person looks in the portal, finds it, and says so; the signature follows.
const seen = portal.documents.at(-1);
await registry.resolve('order-2', { as: 'sent', id: seen?.id, note: 'found among the outgoing documents' });
for (const entry of entries) if (entry.key === 'order-2') await send(entry);

console.log('The registry of the exchange:');
for await (const { key, state, id, portalStatus } of registry.list()) {
  console.log(`${key}: ${state}, ${id}, ${portalStatus}`);
  for (const { step, kind, code } of await registry.history(key))
    console.log(`  ${step} ${kind}${code === undefined ? '' : ` ${code}`}`);
}
console.log(`in the portal: ${portal.documents.length} documents`);

await journal.close();
await portal.close();
await rm(folder, { recursive: true });
