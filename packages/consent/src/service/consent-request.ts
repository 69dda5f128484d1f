import type { DataCodec, XmlElement } from '@egov-gateway/core';
import {
  bin,
  type DataStyle,
  definePayload,
  type IdentityMode,
  iin,
  type Payload,
  refinedText,
  xml,
} from '@egov-gateway/payload';
import * as z from 'zod';

import { consentClause, consentElements, consentNamespace } from './contract.ts';

/** Asks a person for consent to the use of their data, or for the token of a consent that is there already. */
export interface ConsentRequest {
  /** IIN (ИИН) of the person, 12 digits. `uin` on the wire. */
  readonly iin: string;
  /** Name of the company that asks. */
  readonly company: string;
  /** BIN (БИН) of the company. `company_bin` on the wire. */
  readonly companyBin: string;
  /** Who is responsible at the company; clients have been seen to name a system here. `company_responsible` on the wire. */
  readonly companyResponsible: string;
  /** Name of the employee who asks. `employee_name` on the wire. */
  readonly employeeName: string;
  /** `serviceId` of each service that the consent is for. Joined by `;` in `access_name`. */
  readonly accessNames: readonly string[];
  /** `personal_data_name` on the wire; one client sends it empty, one a word of its own. Default: empty. */
  readonly personalDataName?: string | undefined;
  /** How long the token is to count, milliseconds. `expiresIn` on the wire; 600 000 and 132 000 000 have been seen. */
  readonly expiresInMs: number;
  /** `omit-sms` on the wire. What it does is not published, its name says: no SMS to the person. Default: left out. */
  readonly omitSms?: boolean | undefined;
  /** A JWT that the company signs, see `createOvt`. Default: left out. */
  readonly ovt?: string | undefined;
}

/** How a request lies in `data`. */
export interface ConsentRequestLayout {
  readonly identity: IdentityMode;
  /** Whether `data` says `xsi:type="getUserDataRequest"`. */
  readonly xsiType: boolean;
  /** Whether the fields are in the namespace of КДП. */
  readonly fields: 'qualified' | 'unqualified';
}

interface Wire {
  readonly uin: string;
  readonly company: string;
  readonly company_bin: string;
  readonly company_responsible: string;
  readonly employee_name: string;
  readonly access_name: string;
  readonly personal_data_name?: string | undefined;
  readonly expiresIn: number;
  readonly 'omit-sms'?: boolean | undefined;
  readonly ovt?: string | undefined;
}

/** The codec of a request. Reading takes the fields in the namespace of КДП and in none. */
export function consentRequest(layout: ConsentRequestLayout): DataCodec<ConsentRequest> {
  const { identity, xsiType, fields } = layout;
  const data: DataStyle = xsiType ? { style: 'typed', type: 'getUserDataRequest' } : { style: 'plain' };
  const schema = wireSchema(identity);
  const plain = definePayload({ schema, data, clause: consentClause });
  const qualified = definePayload({ schema, data, clause: consentClause, elements: consentElements });
  const written: Payload<Wire> = fields === 'qualified' ? qualified : plain;
  return {
    validate: (request) => written.validate(toWire(request)),
    write: (request, writer) => written.write(toWire(request), writer),
    read: (element) => fromWire((isQualified(element) ? qualified : plain).read(element)),
  };
}

/** Whether fields in a received `data` are in the namespace of КДП: one of them is enough. */
export function isQualified(data: XmlElement): boolean {
  for (let child = data.first; child !== undefined; child = child.next) {
    if (child.namespace === consentNamespace) return true;
  }
  return false;
}

function wireSchema(identity: IdentityMode): z.ZodType<Wire, Wire> {
  const text = (): z.ZodString => z.string().min(1);
  return z.object({
    uin: iin({ mode: identity }),
    company: text(),
    company_bin: bin({ mode: identity }),
    company_responsible: text(),
    employee_name: text(),
    access_name: accessNames(),
    personal_data_name: z.string().optional(),
    expiresIn: z.int().min(1),
    'omit-sms': z.boolean().optional(),
    ovt: xml(ovt(), { whitespace: 'remove' }).optional(),
  }) as unknown as z.ZodType<Wire, Wire>;
}

const accessNames = (): z.ZodString =>
  refinedText({
    kind: 'the names of services',
    breach: (names) =>
      /^[^;\s]+(?:;[^;\s]+)*$/.test(names)
        ? undefined
        : {
            rule: 'access-names',
            message: 'must name at least one serviceId, none empty or with white space or a semicolon in it',
          },
  });

const ovt = (): z.ZodString =>
  refinedText({
    kind: 'a JWT',
    breach: (text) =>
      /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
        ? undefined
        : { rule: 'jwt', message: 'must be a signed JWT, three parts in base64url; make it with createOvt' },
  });

function toWire(request: ConsentRequest): Wire {
  // A caller without types may hand in anything: what is no request is left for the schema to refuse.
  if (typeof request !== 'object' || request === null) return request;
  const { iin, companyBin, companyResponsible, employeeName, expiresInMs, omitSms } = request;
  const names: unknown = request.accessNames;
  // A semicolon inside a name would make two of it.
  const isList = Array.isArray(names) && names.every((name) => !String(name).includes(';'));
  return {
    uin: iin,
    company: request.company,
    company_bin: companyBin,
    company_responsible: companyResponsible,
    employee_name: employeeName,
    access_name: isList ? names.join(';') : '',
    personal_data_name: request.personalDataName ?? '',
    expiresIn: expiresInMs,
    ...(omitSms === undefined ? {} : { 'omit-sms': omitSms }),
    ...(request.ovt === undefined ? {} : { ovt: request.ovt }),
  };
}

function fromWire(wire: Wire): ConsentRequest {
  const { personal_data_name: personalDataName, 'omit-sms': omitSms, ovt } = wire;
  return {
    iin: wire.uin,
    company: wire.company,
    companyBin: wire.company_bin,
    companyResponsible: wire.company_responsible,
    employeeName: wire.employee_name,
    accessNames: wire.access_name.split(';'),
    ...(personalDataName ? { personalDataName } : {}),
    expiresInMs: wire.expiresIn,
    ...(omitSms === undefined ? {} : { omitSms }),
    ...(ovt === undefined ? {} : { ovt }),
  };
}
