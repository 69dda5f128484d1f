import type { XmlElement } from '@egov-gateway/core';

/** What {@link unverifiedCompanyView} finds. Everything may be missing. */
export interface UnverifiedCompanyView {
  /** Of the status inside the data. */
  readonly statusCode: string | undefined;
  readonly statusNameRu: string | undefined;
  readonly bin: string | undefined;
  readonly fullNameRu: string | undefined;
  readonly fullNameKz: string | undefined;
  /** Whether the company is registered or closed, in Russian. */
  readonly registrationStatusRu: string | undefined;
  /** As written. */
  readonly registrationDate: string | undefined;
  readonly leaderIin: string | undefined;
}

/**
 * Some fields of an answer about a company, by names that one public test fixture has and no description confirms (grade
 * C). Look at an answer of your own before you rely on it.
 *
 * Fields are found by the local names of elements; what occurs twice is not taken.
 */
export function unverifiedCompanyView(root: XmlElement): UnverifiedCompanyView {
  return {
    statusCode: textAt(root, 'Status', 'Code'),
    statusNameRu: textAt(root, 'Status', 'NameRu'),
    bin: textAt(root, 'Organization', 'BIN'),
    fullNameRu: textAt(root, 'Organization', 'FullNameRu'),
    fullNameKz: textAt(root, 'Organization', 'FullNameKz'),
    registrationStatusRu: textAt(root, 'Organization', 'RegStatus', 'NameRu'),
    registrationDate: textAt(root, 'Organization', 'RegistrationDate'),
    leaderIin: textAt(root, 'Organization', 'OrganizationLeader', 'IIN'),
  };
}

function textAt(root: XmlElement, ...names: readonly string[]): string | undefined {
  let element: XmlElement | undefined = root;
  for (const name of names) element = element === undefined ? undefined : onlyChild(element, name);
  if (element === undefined || element.first !== undefined) return undefined;
  const text = element.text().trim();
  return text === '' ? undefined : text;
}

function onlyChild(parent: XmlElement, name: string): XmlElement | undefined {
  let found: XmlElement | undefined;
  for (let child = parent.first; child !== undefined; child = child.next) {
    if (child.localName !== name) continue;
    if (found !== undefined) return undefined;
    found = child;
  }
  return found;
}
