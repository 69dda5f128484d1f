/**
 * The documents that are measured: one gateway request at five sizes. Deterministic.
 *
 * `records(bytes)` gives typed values for the SDK; `envelopeText(size)` the same message as the ready XML text that
 * users of the peers make by hand.
 */
import { readFileSync } from 'node:fs';

export const sizes = ['2k', '50k', '500k', '5m-elements', '5m-base64'];

const payloadBytes = { '2k': 1_500, '50k': 51_200, '500k': 512_000, '5m-elements': 5_242_880 };
const base64Characters = 5_242_880;

const record = (index) => ({
  number: String(10_000 + index),
  medicalProcedure: {
    code: '100',
    nameRu: `Иммунопрофилактика & от коронавирусной инфекции ${index}`,
    nameKk: 'Коронавирус инфекциясынан иммундау',
  },
  status: 'UP_TO_DATE',
  issuedDate: '2021-11-11T16:25:39.071+06:00',
});

const recordXml = ({ number, medicalProcedure, status, issuedDate }) =>
  `<medicalExemption><number>${number}</number><medicalProcedure><code>${medicalProcedure.code}</code><nameRu>${medicalProcedure.nameRu.replaceAll('&', '&amp;')}</nameRu><nameKk>${medicalProcedure.nameKk}</nameKk></medicalProcedure><status>${status}</status><issuedDate>${issuedDate}</issuedDate></medicalExemption>`;

/** Octets that look random and are the same in every run. */
function octets(length) {
  const bytes = Buffer.alloc(length);
  let state = 42;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** Typed values of one size: `{ medicalExemption: [...] }`, and `file` for the base64 one. */
export function values(size) {
  if (size === '5m-base64') {
    return { medicalExemption: [], file: { name: 'doc.pdf', content: octets((base64Characters / 4) * 3) } };
  }
  const medicalExemption = [];
  for (let bytes = 0; bytes < payloadBytes[size]; ) {
    const next = record(medicalExemption.length);
    bytes += Buffer.byteLength(recordXml(next));
    medicalExemption.push(next);
  }
  return { medicalExemption };
}

/** The unsigned envelope as ready text. */
export function envelopeText(size) {
  const { medicalExemption, file } = values(size);
  const data = medicalExemption.map(recordXml).join('');
  const content = file
    ? `<file><name>${file.name}</name><content>${file.content.toString('base64')}</content></file>`
    : '';
  return `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header></soap:Header><soap:Body><ns2:SendMessage xmlns:ns2="http://bip.bee.kz/SyncChannel/v10/Types"><request><requestInfo><messageId>92769bcb-a615-4fec-ba5a-81c284d49763</messageId><serviceId>EHEALTH_MEDICAL_EXEMPTION_SEARCH</serviceId><messageDate>2021-02-17T10:35:59.667+06:00</messageDate><sender><senderId>sender</senderId><password>password</password></sender></requestInfo><requestData><data xmlns:ns5="http://ehealth.kz/integration/sync" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="ns5:MedicalExemptionSearchRequest">${data}${content}</data></requestData></request></ns2:SendMessage></soap:Body></soap:Envelope>`;
}

const fixture = (name) => readFileSync(new URL(`../../fixtures/keys/${name}`, import.meta.url));

/** The RSA-2048 test key that every contender signs with. */
export const keyPem = fixture('organisation.key').toString();
export const certificatePem = fixture('organisation.crt').toString();
export const certificateBase64 = certificatePem.replace(/-----[^-]+-----|\s/g, '');
