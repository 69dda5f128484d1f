import { printablePath, type XmlElement } from '@egov-gateway/core';
import { parseMessageDate } from '@egov-gateway/envelope';

import { type ContractField, contractRecords, contractTexts } from '../sync-contract.ts';

const records = new Map(contractRecords);
const texts = new Map(contractTexts.map(([name, facet, value]) => [name, { facet, value }]));
// The reader of dates is lenient about the colon of the offset; the XSD is not.
const dateTime = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;

/**
 * What a request breaks of the XSD: order, number, namespace and type of every element down to `data`, whose content
 * is the service's business. Says names, never values.
 *
 * The real gateway may be more lenient; nobody has published how much. A client that passes here passes there.
 *
 * @param request - the element `SendMessage`
 * @param extensions - local names allowed anywhere in `requestInfo` beside the contract
 * @internal
 */
export function strictIssues(request: XmlElement, extensions: readonly string[]): readonly string[] {
  const issues: string[] = [];
  const wrapper: readonly ContractField[] = [['request', 'typ:SyncSendMessageRequest', '1']];
  checkSequence(request, { name: 'SendMessage', fields: wrapper }, issues, extensions);
  return issues;
}

function checkSequence(
  parent: XmlElement,
  { name: typeName, fields }: { readonly name: string; readonly fields: readonly ContractField[] },
  issues: string[],
  extensions: readonly string[],
): void {
  let position = 0;
  const seen = new Set<string>();
  for (let child = parent.first; child !== undefined; child = child.next) {
    const { localName, namespace } = child;
    const index = fields.findIndex(([name]) => name === localName);
    const field = fields[index];
    if (field === undefined) {
      const isAllowed = typeName === 'SyncMessageInfo' && extensions.includes(localName);
      if (!isAllowed) issues.push(`${printablePath(child.path)}: not in the contract`);
      continue;
    }
    const [name, type, occurs] = field;
    if (namespace !== '') issues.push(`${child.path}: must be in no namespace`);
    if (seen.has(name) && occurs !== '*') issues.push(`${child.path}: expected at most once`);
    if (index < position)
      issues.push(`${child.path}: out of order, expected before ${fields[position]?.[0]}`);
    position = Math.max(position, index);
    seen.add(name);
    checkType(child, type, issues, extensions);
  }
  for (const [name, , occurs] of fields) {
    if (occurs === '1' && !seen.has(name)) issues.push(`${parent.path}/${name}: missing`);
  }
}

function checkType(element: XmlElement, type: string, issues: string[], extensions: readonly string[]): void {
  if (type === 'xs:anyType') return;
  const name = type.slice(type.indexOf(':') + 1);
  const fields = records.get(name);
  if (fields !== undefined) {
    checkSequence(element, { name, fields }, issues, extensions);
    return;
  }
  if (element.first !== undefined) {
    issues.push(`${element.path}: expected text, found elements`);
    return;
  }
  const text = element.text();
  const rule = texts.get(name);
  if (type === 'xs:dateTime' && !(dateTime.test(text.trim()) && parseMessageDate(text) !== undefined)) {
    issues.push(`${element.path}: expected a date like 2026-01-13T10:00:00.000+05:00`);
  } else if (rule?.facet === 'maxLength' && [...text].length > Number(rule.value)) {
    issues.push(`${element.path}: longer than ${rule.value} characters`);
  } else if (rule?.facet === 'pattern' && !new RegExp(`^(?:${rule.value})$`).test(text)) {
    issues.push(`${element.path}: expected a guid in braces, or no element`);
  }
}
