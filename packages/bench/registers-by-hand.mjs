/**
 * What somebody would write who needs this one answer, with all its fields and checks and no library but the XML reader.
 *
 * @module
 */
const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

function fail(element, why) {
  throw new Error(`${element.path}: ${why}`);
}

function isNil(element) {
  const nil = element.attribute('nil', xsi);
  if (nil === undefined || (nil.trim() !== 'true' && nil.trim() !== '1')) return false;
  if (element.first !== undefined || element.text() !== '') fail(element, 'content beside nil');
  return true;
}

function text(element) {
  if (isNil(element)) return undefined;
  const value = element.text();
  return value === '' ? undefined : value;
}

function collapsed(element) {
  const value = text(element);
  if (value === undefined || !/[\t\n\r ]/.test(value)) return value;
  const trimmed = value.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '');
  return trimmed === '' ? undefined : trimmed;
}

function isDay(value) {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(value);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

const afterDay =
  /^(?:T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?))?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?$/;

function date(element) {
  const value = collapsed(element);
  if (value === undefined) return undefined;
  if (!isDay(value) || !afterDay.test(value.slice(10))) fail(element, 'no date');
  return value;
}

function flag(element) {
  const value = collapsed(element);
  if (value === undefined) return undefined;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  return fail(element, 'neither true nor false');
}

function iin(element) {
  const value = collapsed(element);
  if (value === undefined || !/^\d{12}$/.test(value)) fail(element, 'no IIN');
  return value;
}

/** Reads children by name; each at most once. */
function fieldsOf(element, readers) {
  if (isNil(element)) return undefined;
  const result = {};
  const seen = new Set();
  for (let child = element.first; child !== undefined; child = child.next) {
    if (child.namespace !== '') continue;
    const key = child.localName;
    const read = readers[key];
    if (read === undefined) continue;
    if (seen.has(key)) fail(child, 'twice');
    seen.add(key);
    const value = read(child);
    if (value !== undefined) result[key] = value;
  }
  return result;
}

const object = (readers) => {
  const own = Object.assign(Object.create(null), readers);
  return (element) => fieldsOf(element, own);
};

const list = (name, read) => (element) => {
  const items = [];
  if (isNil(element)) return items;
  for (let child = element.first; child !== undefined; child = child.next) {
    if (child.localName !== name || child.namespace !== '') continue;
    const item = read(child);
    if (item !== undefined) items.push(item);
  }
  return items;
};

const entry = object({ code: collapsed, nameRu: text, nameKz: text, changeDate: text });
const foreignData = object({ districtName: text, regionName: text });
const place = { country: entry, district: entry, region: entry, foreignData, city: text };
const house = {
  street: text,
  building: text,
  corpus: text,
  flat: text,
  beginDate: date,
  endDate: date,
  arCode: text,
};
const certificate = object({ number: text, beginDate: date, issueOrganisation: text });

const person = object({
  iin,
  surname: text,
  name: text,
  patronymic: text,
  engFirstName: text,
  engSurname: text,
  birthDate: date,
  deathDate: date,
  gender: entry,
  nationality: entry,
  citizenship: entry,
  lifeStatus: entry,
  birthCertificate: certificate,
  deathCertificate: certificate,
  birthPlace: object({ ...place, birthTeCodeAR: text }),
  regAddress: object({ ...place, ...house, status: entry, invalidity: entry }),
  personCapableStatus: object({
    capableStatus: entry,
    capableDate: date,
    capableEndDate: date,
    capableNumber: text,
    court: entry,
  }),
  missingStatus: object({
    missing: flag,
    missingDate: date,
    missingEndDate: date,
    missingNumber: text,
    gpTerritorial: entry,
  }),
  disappearStatus: object({
    disappear: flag,
    disappearDate: date,
    disappearEndDate: date,
    disappearNumber: text,
    gpTerritorial: entry,
  }),
  excludeStatus: object({
    excludeReason: entry,
    excludeReasonDate: date,
    excludeDate: date,
    excludeParticipant: entry,
  }),
  repatriationStatus: object({
    repatriationStatus: entry,
    repatriationDate: date,
    repatriationEndDate: date,
    repatriationNumber: text,
    repatriationOrg: entry,
    repatriationReason: entry,
  }),
  documents: list(
    'document',
    object({
      type: entry,
      number: text,
      series: text,
      beginDate: date,
      endDate: date,
      issueOrganization: entry,
      status: entry,
      invalidityDate: date,
      surname: text,
      name: text,
      patronymic: text,
      birthDate: date,
    }),
  ),
  addresses: list('address', object({ type: entry, ...place, ...house })),
  removed: flag,
});

const response = object({
  messageId: text,
  messageDate: text,
  requestId: text,
  sender: entry,
  receiver: entry,
  messageResult: entry,
  persons: list('person', (element) => {
    const value = person(element);
    if (value?.iin === undefined) fail(element, 'no IIN');
    value.documents ??= [];
    value.addresses ??= [];
    return value;
  }),
});

/** @param {import('@egov-gateway/core').XmlElement} data */
export function decodePerson(data) {
  const value = response(data);
  if (value?.messageResult?.code === undefined) fail(data, 'no result');
  value.persons ??= [];
  return value;
}
