import { newMessageId } from '@egov-gateway/core';
import { readSyncResponse, writeSyncRequest } from '@egov-gateway/envelope';
import {
  exemptionState,
  type MedicalExemptionSearchRequest,
  type MedicalExemptionSearchResponse,
  medicalExemptionSearch,
} from '@egov-gateway/medical-exemption';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';
import { describe, expect, test } from 'vitest';

import { post } from '../../test/caller.ts';
import { createEmulator, type Emulator, madeUpExemptions, medicalExemptionHandler } from '../index.ts';

const today = Date.UTC(2026, 10, 22);

async function search(
  emulator: Emulator,
  request: MedicalExemptionSearchRequest,
): Promise<{ code: string; response: MedicalExemptionSearchResponse | undefined }> {
  const { senderId, password, signingKey } = emulator.testSystem;
  const { bytes, layout } = writeSyncRequest({
    info: {
      messageId: newMessageId(),
      serviceId: medicalExemptionSearch.id,
      messageDateMs: today,
      sender: { senderId, password },
    },
    data: { codec: medicalExemptionSearch.request, value: request },
  });
  const envelope = await createEnvelopeSigner({ key: signingKey }).sign(bytes, layout);
  const answer = await post(emulator.transport(), emulator.url, envelope);
  const { info, data } = readSyncResponse(
    await createEnvelopeVerifier({ trust: emulator.trust }).verify(answer.body),
  );
  const response = data === undefined ? undefined : medicalExemptionSearch.response.read(data);
  return { code: info.status.code, response };
}

describe('the built-in medical exemption service', () => {
  test('finds by number, with both certificates as PDF', async () => {
    const { code, response } = await search(await createEmulator(), { number: '01085' });
    expect(code).toBe('SUCCESS');
    expect(response?.status.code).toBe('SUCCESS');
    expect(response?.medicalExemptionList).toHaveLength(1);
    const [exemption] = response?.medicalExemptionList ?? [];
    expect(exemption).toMatchObject({
      number: '01085',
      status: 'UP_TO_DATE',
      medicalProcedure: { code: '100' },
    });
    for (const file of [exemption?.certificate, exemption?.printableCertificate]) {
      expect(Buffer.from(file?.bytes() ?? []).toString('latin1')).toMatch(/^%PDF-1\.4\n[\s\S]*TEST ONLY/);
    }
  });

  test('finds several by IIN, in every state there is', async () => {
    const emulator = await createEmulator();
    const both = await search(emulator, { iin: '001300900207' });
    const one = await search(emulator, { iin: '001300900232' });
    const states = [
      ...(both.response?.medicalExemptionList ?? []),
      ...(one.response?.medicalExemptionList ?? []),
    ];
    expect(states.map((exemption) => exemptionState(exemption, today))).toEqual([
      'up-to-date',
      'expired',
      'revoked',
    ]);
  });

  test('finds by passport and citizenship together', async () => {
    const emulator = await createEmulator();
    const found = await search(emulator, { passportNumber: 'N00000000', citizenshipCode: '000' });
    expect(found.response?.medicalExemptionList).toHaveLength(1);
    const other = await search(emulator, { passportNumber: 'N00000000', citizenshipCode: '398' });
    expect(other.response?.medicalExemptionList).toEqual([]);
  });

  test('answers with an empty list when nothing is found', async () => {
    const { code, response } = await search(await createEmulator(), { number: '99999' });
    expect(code).toBe('SUCCESS');
    expect(response).toMatchObject({ status: { code: 'SUCCESS' }, medicalExemptionList: [] });
  });

  test('refuses when nothing is found, when told how', async () => {
    const emulator = await createEmulator();
    const notFound = { code: 'NOT_FOUND', message: 'nothing' };
    emulator.service(medicalExemptionSearch, medicalExemptionHandler({ notFound, exemptions: [] }));
    const { code, response } = await search(emulator, { number: '01085' });
    expect(code).toBe('NOT_FOUND');
    expect(response?.status).toEqual(notFound);
  });

  test('knows only people who cannot exist', () => {
    for (const { iin } of madeUpExemptions) {
      // Month 13, day 00: no birthday has them.
      if (iin !== undefined) expect(iin.slice(2, 6)).toBe('1300');
    }
  });
});
