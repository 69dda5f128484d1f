import { printablePath, type WrapperElement, type XmlElement } from '@egov-gateway/core';
import {
  asyncContract,
  type ContractField,
  type ContractSchema,
  type ContractText,
  parseMessageDate,
  syncContract,
} from '@egov-gateway/envelope';

import type { Channel } from '../endpoint.ts';

/** A channel's types by name, without the prefixes of their namespaces: within a channel no two have one name. */
interface Contract {
  readonly wrappers: ReadonlyMap<string, ContractField>;
  readonly records: ReadonlyMap<string, readonly ContractField[]>;
  readonly texts: ReadonlyMap<string, ContractText>;
}

const contracts: Readonly<Record<Channel, Contract>> = {
  sync: indexed(syncContract),
  async: indexed(asyncContract),
};
/** Where a request may have elements beyond the contract. */
const extensible: ReadonlySet<string> = new Set(['SyncMessageInfo', 'AsyncMessageInfo']);
/** The XSD has a misprint here; nobody is refused for spelling it as the Rules do. */
const correctSpelling = 'MESSAGE_NOT_ACCEPTED';

// The reader of dates is lenient about the colon of the offset; the XSD is not.
const dateTime = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;

/**
 * What a request breaks of the XSD: order, number, namespace and type of every element down to `data`, whose content
 * is the service's business. Says names, never values.
 *
 * The real gateway may be more lenient; nobody has published how much. A client that passes here passes there.
 *
 * @param request - the element of the operation, such as `SendMessage`
 * @param extensions - local names allowed anywhere in `requestInfo` or `messageInfo` beside the contract
 * @param options - `wrapper`: what stands in the place of `SendMessage`, for services that have another element there
 * @internal
 */
export function strictIssues(
  request: XmlElement,
  extensions: readonly string[],
  options: { readonly channel?: Channel; readonly wrapper?: WrapperElement | undefined } = {},
): readonly string[] {
  const { channel = 'sync', wrapper } = options;
  const contract = contracts[channel];
  const field = contract.wrappers.get(wrapper === undefined ? request.localName : 'SendMessage');
  if (field === undefined) return [`${printablePath(request.path)}: not in the contract`];
  const namespace = wrapper?.parts === 'qualified' ? wrapper.name.namespace : '';
  const check: Check = { contract, extensions, namespace, issues: [] };
  checkSequence(request, { name: request.localName, fields: [field] }, check);
  return check.issues;
}

interface Check {
  readonly contract: Contract;
  readonly extensions: readonly string[];
  /** That of every element down to `data`. */
  readonly namespace: string;
  readonly issues: string[];
}

function checkSequence(
  parent: XmlElement,
  { name: typeName, fields }: { readonly name: string; readonly fields: readonly ContractField[] },
  check: Check,
): void {
  const { issues, extensions } = check;
  let position = 0;
  const seen = new Set<string>();
  for (let child = parent.first; child !== undefined; child = child.next) {
    const { localName, namespace } = child;
    const index = fields.findIndex(([name]) => name === localName);
    const field = fields[index];
    if (field === undefined) {
      const isAllowed = extensible.has(typeName) && extensions.includes(localName);
      if (!isAllowed) issues.push(`${printablePath(child.path)}: not in the contract`);
      continue;
    }
    const [name, type, occurs] = field;
    if (namespace !== check.namespace) {
      issues.push(
        `${child.path}: must be in ${check.namespace === '' ? 'no namespace' : 'the namespace around it'}`,
      );
    }
    if (seen.has(name) && occurs !== '*') issues.push(`${child.path}: expected at most once`);
    if (index < position)
      issues.push(`${child.path}: out of order, expected before ${fields[position]?.[0]}`);
    position = Math.max(position, index);
    seen.add(name);
    checkType(child, type, check);
  }
  for (const [name, , occurs] of fields) {
    if (occurs === '1' && !seen.has(name)) issues.push(`${parent.path}/${name}: missing`);
  }
}

function checkType(element: XmlElement, type: string, check: Check): void {
  const { contract, issues } = check;
  if (type === 'xs:anyType') return;
  const name = type.slice(type.indexOf(':') + 1);
  const fields = contract.records.get(name);
  if (fields !== undefined) {
    checkSequence(element, { name, fields }, check);
    return;
  }
  if (element.first !== undefined) {
    issues.push(`${element.path}: expected text, found elements`);
    return;
  }
  const text = element.text();
  if (type === 'xs:dateTime' && !(dateTime.test(text.trim()) && parseMessageDate(text) !== undefined)) {
    issues.push(`${element.path}: expected a date like 2026-01-13T10:00:00.000+05:00`);
  } else if (type === 'xs:int' && !/^[+-]?\d{1,10}$/.test(text.trim())) {
    issues.push(`${element.path}: expected a whole number`);
  }
  const issue = textIssue(text, contract.texts.get(name));
  if (issue !== undefined) issues.push(`${element.path}: ${issue}`);
}

function textIssue(text: string, rule: ContractText | undefined): string | undefined {
  if (rule === undefined) return undefined;
  const [, facet, ...values] = rule;
  switch (facet) {
    case 'maxLength':
      return [...text].length > Number(values[0]) ? `longer than ${values[0]} characters` : undefined;
    case 'pattern':
      return new RegExp(`^(?:${values[0]})$`).test(text)
        ? undefined
        : 'expected a guid in braces, or no element';
    case 'enumeration':
      return values.includes(text) || text === correctSpelling
        ? undefined
        : `expected one of ${values.join(', ')}`;
  }
}

function indexed(schemas: readonly ContractSchema[]): Contract {
  return {
    wrappers: new Map(
      schemas.flatMap(({ wrappers }) =>
        wrappers.map(([name, child, type]) => [name, [child, type, '1']] as const),
      ),
    ),
    records: new Map(schemas.flatMap(({ records }) => records)),
    texts: new Map(schemas.flatMap(({ texts }) => texts.map((rule) => [rule[0], rule] as const))),
  };
}
