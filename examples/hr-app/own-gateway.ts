import { readFile } from 'node:fs/promises';

import { createGateway } from '@egov-gateway/client/preset';
import type { Journal } from '@egov-gateway/core';
import { loadPkcs12 } from '@egov-gateway/keys';
import { createWorkCalendar, type WorkCalendar } from '@egov-gateway/labor-contracts';
import { parseHolidays } from '@egov-gateway/labor-contracts/batch';

import { todayInKazakhstan } from './deadlines.ts';
import type { WayToRegister } from './way-to-register.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a gateway of your own is configured. */
export function isOwnGateway(environment: Environment): boolean {
  return environment['EGW_ENDPOINT'] !== undefined;
}

/**
 * A gateway of your own, by the variables of `egw`: EGW_ENDPOINT, EGW_SENDER_ID, EGW_SENDER_PASSWORD_FILE, EGW_KEY,
 * EGW_PASSWORD_FILE, EGW_TRUST, EGW_SERVICE_ID, EGW_EMPLOYER_KEY, EGW_EMPLOYER_PASSWORD_FILE. Keys are PKCS#12.
 * EGW_HOLIDAYS, the file of days off, may be missing: terms of working days are uncertain then, and said to be so.
 */
export async function openOwnGateway(environment: Environment, journal: Journal): Promise<WayToRegister> {
  const variable = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') throw new TypeError(`${name} is missing`);
    return value;
  };
  const secret = async (name: string): Promise<string> =>
    (await readFile(variable(name), 'utf8')).replace(/\r?\n$/, '');

  const employerKey = await loadPkcs12(
    variable('EGW_EMPLOYER_KEY'),
    await secret('EGW_EMPLOYER_PASSWORD_FILE'),
  );
  const { bin, iin } = employerKey.certificate;
  const employerBin = bin ?? iin;
  if (employerBin === null) throw new TypeError('the key of the employer names neither a BIN nor an IIN');
  const gateway = createGateway({
    endpoint: variable('EGW_ENDPOINT'),
    allowInsecureHttp: environment['EGW_ALLOW_INSECURE_HTTP'] === 'true', // inside a VPN, or on loopback
    sender: { id: variable('EGW_SENDER_ID'), password: await secret('EGW_SENDER_PASSWORD_FILE') },
    key: await loadPkcs12(variable('EGW_KEY'), await secret('EGW_PASSWORD_FILE')),
    gatewayCertificates: await readFile(variable('EGW_TRUST')),
    journal,
  });
  return {
    gateway,
    serviceId: variable('EGW_SERVICE_ID'),
    employerBin,
    employerKey,
    calendar: await workCalendar(environment['EGW_HOLIDAYS']),
    close: () => gateway.close(),
  };
}

async function workCalendar(path: string | undefined): Promise<WorkCalendar> {
  if (path === undefined || path === '') return createWorkCalendar({ holidays: [], years: [] });
  const { calendar, problems } = parseHolidays(await readFile(path), { today: todayInKazakhstan() });
  if (problems === undefined) return calendar;
  const found = problems.map(({ row, message, remedy }) => {
    const where = row === undefined ? '' : `строка ${row}: `;
    return `${where}${message.ru}; ${remedy.ru}`;
  });
  throw new TypeError(`EGW_HOLIDAYS: ${found.join('. ')}`);
}
