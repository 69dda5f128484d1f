import {
  type Clock,
  type DataCodec,
  type Service,
  type SignatureSuite,
  type SigningKey,
  systemClock,
  ValidateError,
  type ValidationIssue,
  XmlError,
} from '@egov-gateway/core';
import { type Payload, presignedPayload, signPayload } from '@egov-gateway/payload';
import { parseXml } from '@egov-gateway/xml';

const dsigNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** How documents are signed. */
export interface DocumentSigningOptions {
  /** For the validity of the key. Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
  /** Algorithms. Default: RSA and GOST. */
  readonly suites?: readonly SignatureSuite[] | undefined;
}

/**
 * A service that takes a document which the caller has signed: apart from the transport signature, with the signing key
 * of the organisation.
 *
 * @example
 * ```ts
 * const document = await companyByBin.sign({ requestorBin, bin }, key);
 * const answer = await gateway.call(companyByBin.service, document);
 * ```
 */
export interface SignedService<Request, Response> {
  /** Takes documents made by {@link SignedService.sign}. For `gateway.call`. */
  readonly service: Service<string | Uint8Array, Response>;
  /** Every rule that a request breaks. Empty when it may be signed. */
  check(request: Request): readonly ValidationIssue[];
  /**
   * The document of a request with the enveloped signature of `key`: what the service takes.
   *
   * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule, before the key is asked
   * @throws {SignError} when the key cannot sign
   */
  sign(request: Request, key: SigningKey): Promise<Uint8Array>;
}

/** What a signed service is made of. @internal */
export interface SignedServiceParts<Request, Response> extends DocumentSigningOptions {
  /** Request and id belong to the documents; the rest is taken as it is. */
  readonly service: Service<Request, Response>;
  readonly payload: Payload<Request>;
  readonly root: { readonly name: string; readonly namespace: string };
  /** `text`: escaped, without `xsi:type`. `element`: the child of `data`, signed with exclusive C14N. */
  readonly style: 'text' | 'element';
}

/** @internal */
export function signedService<Request, Response>(
  parts: SignedServiceParts<Request, Response>,
): SignedService<Request, Response> {
  const { service, payload, root, style, clock = systemClock, suites } = parts;
  const canonicalization = style === 'element' ? 'exclusive' : 'inclusive';
  const check = (request: Request): readonly ValidationIssue[] => payload.validate(request);
  return Object.freeze({
    service: Object.freeze({ ...service, request: signedDocument(style, root) }),
    check,
    async sign(request: Request, key: SigningKey) {
      const issues = check(request);
      if (issues.length > 0) throw new ValidateError([...issues]);
      return signPayload(payload.writeDocument(request), key, {
        clock,
        canonicalization,
        ...(suites === undefined ? {} : { suites }),
      });
    },
  });
}

/** The codec of signed documents: text or UTF-8 octets to send, text when read. */
function signedDocument(
  style: 'text' | 'element',
  root: { readonly name: string; readonly namespace: string },
): DataCodec<string | Uint8Array> {
  const payload = presignedPayload({ style, typed: false });
  return {
    validate(document) {
      const issues = payload.validate(document);
      return issues.length > 0 ? issues : documentIssues(document, root);
    },
    write: (document, writer) => payload.write(document, writer),
    read: (data) => payload.read(data),
  };
}

function documentIssues(
  document: string | Uint8Array,
  expected: { readonly name: string; readonly namespace: string },
): ValidationIssue[] {
  const path = `/${expected.name}`;
  try {
    const { root } = parseXml(typeof document === 'string' ? new TextEncoder().encode(document) : document);
    if (root.localName !== expected.name || root.namespace !== expected.namespace) {
      return [
        { path, rule: 'root', message: `must be the ${expected.name} of this service; make it with sign()` },
      ];
    }
    if (root.child('Signature', dsigNamespace) !== undefined) return [];
    return [{ path, rule: 'unsigned', message: 'must carry a signature; make it with sign()' }];
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return [{ path, rule: 'xml', message: `must be XML; see ${error.code}` }];
  }
}
