import type { XmlDocument, XmlNode } from '@egov-gateway/xml';

import { refusal, shownPath } from './refusal.ts';
import { securityNamespace, utilityNamespace, xmlNamespace } from './vocabulary.ts';

/** Attributes that make an element a target of `#id` for some software that may stand before or behind us. */
function isId(localName: string, namespace: string): boolean {
  if (localName === 'Id') {
    return namespace === utilityNamespace || namespace === '' || namespace === securityNamespace;
  }
  return (localName === 'ID' && namespace === '') || (localName === 'id' && namespace === xmlNamespace);
}

/**
 * Returns normally when `#id` means the Body and cannot mean anything else.
 *
 * Ids must be unique over the whole document and over all the attributes that different software takes for ids:
 * a duplicate is how a signed element is exchanged for another one. The same value twice on one element is one id.
 * Payloads use a plain `id` for their own purposes, so that (in any case and namespace) it must only not be `id`.
 *
 * @see WS-Security: SOAP Message Security 1.1.1, section 4.2 "Id Schema"
 * @throws {VerifyError} `ERR_VERIFY_DUPLICATE_ID` when two elements share an id
 * @throws {VerifyError} `ERR_VERIFY_REFERENCE_TARGET` when the id is not that of the Body
 */
export function assertTargetIsBody(
  document: XmlDocument,
  body: XmlNode,
  id: string,
  options: { readonly acceptUnqualifiedId: boolean },
): void {
  const owners = new Map<string, XmlNode>();
  for (const { element, localName, namespace, value } of document.attributes()) {
    if (isId(localName, namespace)) {
      const owner = owners.get(value);
      if (owner === undefined) owners.set(value, element);
      else if (!owner.isSame(element)) throw duplicate(owner, element);
    } else if (value === id && localName.toLowerCase() === 'id' && !element.isSame(body)) {
      throw duplicate(body, element);
    }
  }

  const target = owners.get(id);
  if (target === undefined)
    throw refusal('ERR_VERIFY_REFERENCE_TARGET', 'no element has the id that is referenced');
  if (!target.isSame(body)) {
    throw refusal(
      'ERR_VERIFY_REFERENCE_TARGET',
      `expected the reference to mean the Body, found ${shownPath(target)}`,
    );
  }
  const isQualified =
    body.attribute('Id', utilityNamespace) === id || body.attribute('Id', securityNamespace) === id;
  const isPlain = options.acceptUnqualifiedId && body.attribute('Id') === id;
  if (!isQualified && !isPlain) {
    throw refusal(
      'ERR_VERIFY_REFERENCE_TARGET',
      'expected the id of the Body in wsu:Id, found it in another attribute',
    );
  }
}

function duplicate(one: XmlNode, other: XmlNode): Error {
  return refusal('ERR_VERIFY_DUPLICATE_ID', `${shownPath(one)} and ${shownPath(other)} have the same id`);
}
