/** A medical information system (МИС) checks a list of patients: consent, person, medical exemptions; errors stop nobody else. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createGateway } from '@egov-gateway/client/preset';
import {
  createConsentedCall,
  createConsentProvider,
  createConsentService,
  createOvt,
  explainConsent,
  flatConsent,
} from '@egov-gateway/consent';
import { BusinessError, GatewayError, newMessageId, ValidateError } from '@egov-gateway/core';
import { createEmulator } from '@egov-gateway/emulator';
import { openJournal } from '@egov-gateway/journal';
import { exemptionState, medicalExemptionSearch } from '@egov-gateway/medical-exemption';
import { formatXsDateTime } from '@egov-gateway/payload';
import { findPerson, personByIin } from '@egov-gateway/registers';

const emulator = await createEmulator();
const folder = await mkdtemp(join(tmpdir(), 'patient-check-'));
// The journal knows whom a message was about, without the IIN: it keeps a hash under this key.
const subjectKey = randomBytes(32);
const journal = await openJournal(join(folder, 'patients.journal'), { subjectKey });
const gateway = createGateway({ ...emulator.connection(), transport: emulator.transport(), journal });

const companyBin = '991340000017';
const consents = createConsentProvider({
  gateway,
  // What the service says when somebody refuses is not published: its owner tells you. These are the emulator's words.
  service: createConsentService({ refusedStatuses: ['EMU_REFUSED'], pendingStatuses: ['EMU_PENDING'] }),
  requester: {
    company: 'ТОО «Пример»',
    companyBin,
    companyResponsible: 'МИС Пример',
    employeeName: 'Примерова П.',
  },
  omitSms: true,
  ovt: () => createOvt({ key: emulator.testSystem.signingKey, bin: companyBin }),
});
const askPerson = createConsentedCall({
  gateway,
  provider: consents,
  service: personByIin,
  place: flatConsent,
  expiredCodes: ['EMU-CONSENT-EXPIRED'],
});

/** A line of the table. */
interface PatientRow {
  readonly patient: string;
  consent: string;
  person: string;
  exemptions: string;
  remarks: string[];
}

/** Of an IIN, as much as tells two lines apart. */
function masked(iin: string): string {
  return iin.slice(-4).padStart(12, '•');
}

/** What became of a question, in words: the class says where it stopped, the code why, and `delivery` whether it arrived. */
function remarkOf(error: unknown): string {
  if (error instanceof ValidateError)
    return error.issues.map(({ path, message }) => `${path.split('/').at(-1)} ${message}`).join('; ');
  if (error instanceof BusinessError) return `refused by the service: ${error.statusCode}`;
  // Not one of ours: a defect of the program, and no matter of the patient.
  if (!(error instanceof GatewayError)) throw error;
  const remedy = explainConsent(error.code)?.remedy.en;
  return remedy ?? `${error.code}, ${error.delivery}: a question changes nothing, ask again later`;
}

async function checkPatient(iin: string): Promise<PatientRow> {
  const row: PatientRow = { patient: masked(iin), consent: '—', person: '—', exemptions: '—', remarks: [] };
  const head = {
    messageId: newMessageId(),
    messageDate: formatXsDateTime(Date.now()),
    senderCode: 'EXAMPLE',
  };
  try {
    const answer = await askPerson({ ...head, iin }, { iin });
    row.consent = 'given';
    row.person = findPerson(answer, iin) === undefined ? 'not found' : 'found';
  } catch (error) {
    const words: Readonly<Record<string, string>> = {
      ERR_CONSENT_REFUSED: 'refused',
      ERR_CONSENT_PENDING: 'not yet',
      ERR_CONSENT_EXPIRED: 'expired',
    };
    if (error instanceof GatewayError) row.consent = words[error.code] ?? '—';
    row.remarks.push(remarkOf(error));
  }
  // This request has no place for a consent: it is asked whatever became of the other one.
  try {
    const { medicalExemptionList } = await gateway.call(medicalExemptionSearch, { iin }, { subjects: [iin] });
    const states = medicalExemptionList.map((exemption) => exemptionState(exemption, Date.now()));
    row.exemptions = states.length === 0 ? 'none' : states.join(', ');
  } catch (error) {
    row.remarks.push(remarkOf(error));
  }
  return row;
}

const patients = [
  '001300900011', // agrees, no exemptions
  '001300900207', // agrees, two exemptions
  '001300900232', // agrees, a revoked exemption
  '001300900309', // agrees, and the register does not know them
  '001300900319', // refuses
  '001300900329', // has not decided yet
  '001300900339', // their consents have expired when they arrive
  '001300900012', // a slip of the pen: the control digit is wrong
  '001300900021', // the connection breaks in the middle
];
const rows: PatientRow[] = [];
for (const iin of patients) {
  if (iin === '001300900021')
    emulator.misbehave('reset-after-reading', { serviceId: medicalExemptionSearch.id });
  rows.push(await checkPatient(iin));
}

const columns = ['patient', 'consent', 'person', 'exemptions'] as const;
const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => row[name].length)));
const line = (cells: readonly string[]): string =>
  cells
    .map((cell, i) => cell.padEnd(widths[i] ?? 0))
    .join('  ')
    .trimEnd();
console.log(line(columns));
for (const row of rows) console.log(line(columns.map((name) => row[name])));
console.log('\nremarks');
for (const { patient, remarks } of rows)
  for (const remark of [...new Set(remarks)]) console.log(`${patient}  ${remark}`);

const { intact, events } = await journal.verify();
const about = await journal.find({ subject: '001300900207' });
console.log(`\nthe journal of ${events} events is ${intact ? 'intact' : 'NOT intact'}`);
console.log(
  `${masked('001300900207')}: ${about.messages.map(({ serviceId, state }) => `${serviceId} ${state}`).join(', ')}`,
);

await gateway.close();
await journal.close();
await emulator.close();
await rm(folder, { recursive: true });
