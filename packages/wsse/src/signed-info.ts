import type { SignatureSuite, VerifyErrorCode } from '@egov-gateway/core';
import type { XmlNode } from '@egov-gateway/xml';

import { refusal, shown, shownPath, shownUri } from './refusal.ts';
import { assertNoText, base64Content, childrenInOrder, isNamed } from './strict-children.ts';
import { exclusiveCanonicalization, signatureNamespace } from './vocabulary.ts';

/** What a signature claims: that the element `referenceId` has this digest. */
export interface SignedInfo {
  readonly element: XmlNode;
  readonly suite: SignatureSuite;
  /** PrefixList for the canonical form of `SignedInfo` itself. */
  readonly inclusivePrefixes: readonly string[];
  readonly referenceId: string;
  /** PrefixList for the canonical form of what is referenced. */
  readonly referencePrefixes: readonly string[];
  readonly digest: Uint8Array;
}

/** Suites by the `SignatureMethod` that means them. */
export type SuiteTable = ReadonlyMap<string, SignatureSuite>;

/**
 * @throws {TypeError} when there is no suite, or two of them claim one URI
 */
export function suiteTable(suites: readonly SignatureSuite[]): SuiteTable {
  const table = new Map<string, SignatureSuite>();
  for (const suite of suites) {
    for (const uri of suite.signatureUris) {
      if (table.has(uri)) throw new TypeError(`two suites claim the signature method ${uri}`);
      table.set(uri, suite);
    }
  }
  if (table.size === 0) throw new TypeError('suites must not be empty');
  return table;
}

/** An NCName, as an id must be. A fragment with anything else in it is an XPointer or an escape. */
const fragment = /^#([\p{L}_][\p{L}\p{M}\p{N}._·-]{0,255})$/u;

function assertEmpty(method: XmlNode, code: VerifyErrorCode): void {
  assertNoText(method, code);
  if (method.first !== undefined) {
    throw refusal(
      code,
      `${shownPath(method)} must have no parameters, found ${shown(method.first.localName)}`,
    );
  }
}

/** The PrefixList of an exclusive canonicalisation; any other algorithm is refused with `code`. */
function exclusivePrefixes(method: XmlNode, code: VerifyErrorCode): readonly string[] {
  const algorithm = method.attribute('Algorithm');
  if (algorithm !== exclusiveCanonicalization) {
    throw refusal(
      code,
      `${shownPath(method)} must be exclusive C14N without comments, found ${shownUri(algorithm)}`,
    );
  }
  assertNoText(method, code);
  const parameter = method.first;
  if (parameter === undefined) return [];
  const isOnlyList =
    isNamed(parameter, 'InclusiveNamespaces', exclusiveCanonicalization) &&
    parameter.first === undefined &&
    parameter.next === undefined;
  if (!isOnlyList) {
    throw refusal(
      code,
      `${shownPath(method)} may only have one InclusiveNamespaces, found ${shown(parameter.localName)}`,
    );
  }
  const list = parameter.attribute('PrefixList') ?? '';
  return list.split(/[ \t\r\n]+/).filter((prefix) => prefix !== '');
}

function referenceId(reference: XmlNode): string {
  const uri = reference.attribute('URI');
  const id = uri === undefined ? undefined : fragment.exec(uri)?.[1];
  if (id === undefined) {
    throw refusal(
      'ERR_VERIFY_REFERENCE_URI',
      `expected the reference to be '#' and an id, found ${shownUri(uri)}`,
    );
  }
  if (reference.attribute('Type') !== undefined) {
    throw refusal('ERR_VERIFY_REFERENCE_URI', 'a reference with a Type is not accepted');
  }
  return id;
}

/**
 * Reads `ds:SignedInfo`: exclusive C14N, a listed signature method, and one reference with one transform.
 *
 * @see XML Signature Syntax and Processing 1.1, section 4.4
 * @throws {VerifyError} `ERR_VERIFY_ALGORITHM`, `ERR_VERIFY_TRANSFORM`, `ERR_VERIFY_REFERENCE_COUNT`,
 *   `ERR_VERIFY_REFERENCE_URI`, `ERR_VERIFY_BASE64`, `ERR_VERIFY_STRUCTURE`
 */
export function readSignedInfo(element: XmlNode, suites: SuiteTable): SignedInfo {
  const references = [...element.children()].filter((child) =>
    isNamed(child, 'Reference', signatureNamespace),
  );
  if (references.length !== 1) {
    throw refusal('ERR_VERIFY_REFERENCE_COUNT', `expected one Reference, found ${references.length}`);
  }
  const [c14nMethod, signatureMethod, reference] = childrenInOrder(element, signatureNamespace, [
    'CanonicalizationMethod',
    'SignatureMethod',
    'Reference',
  ]);

  const inclusivePrefixes = exclusivePrefixes(c14nMethod, 'ERR_VERIFY_ALGORITHM');
  assertEmpty(signatureMethod, 'ERR_VERIFY_ALGORITHM');
  const signatureUri = signatureMethod.attribute('Algorithm');
  const suite = suites.get(signatureUri ?? '');
  if (suite === undefined) {
    throw refusal(
      'ERR_VERIFY_ALGORITHM',
      `signature method ${shownUri(signatureUri)} is not among the suites given`,
    );
  }

  const id = referenceId(reference);
  const [transforms, digestMethod, digestValue] = childrenInOrder(
    reference,
    signatureNamespace,
    ['Transforms', 'DigestMethod', 'DigestValue'],
    reference.child('Transforms', signatureNamespace) === undefined ? 'ERR_VERIFY_TRANSFORM' : undefined,
  );
  const [transform] = childrenInOrder(transforms, signatureNamespace, ['Transform'], 'ERR_VERIFY_TRANSFORM');
  const referencePrefixes = exclusivePrefixes(transform, 'ERR_VERIFY_TRANSFORM');

  assertEmpty(digestMethod, 'ERR_VERIFY_ALGORITHM');
  const digestUri = digestMethod.attribute('Algorithm');
  if (digestUri === undefined || !suite.digestUris.includes(digestUri)) {
    throw refusal(
      'ERR_VERIFY_ALGORITHM',
      `digest method ${shownUri(digestUri)} does not belong to the signature method`,
    );
  }
  return {
    element,
    suite,
    inclusivePrefixes,
    referenceId: id,
    referencePrefixes,
    digest: base64Content(digestValue),
  };
}
