import type { HttpRefusal } from './http-refusal.ts';
import type { HttpRequest } from './soap-endpoint.ts';

/** What the head of a request asks for. @internal */
export type HeadVerdict =
  | { readonly kind: 'envelope'; readonly declaredBytes: number | undefined }
  | { readonly kind: 'description'; readonly isHead: boolean }
  | { readonly kind: 'refusal'; readonly refusal: HttpRefusal };

/** Judges a request by its head alone. @internal */
export function judgeHead(request: HttpRequest, path: string | undefined): HeadVerdict {
  const { method, target } = request;
  const [pathname = '', query = ''] = splitTarget(target);
  if (path !== undefined && pathname !== path) return { kind: 'refusal', refusal: 'not-found' };
  const isGet = method === 'GET' || method === 'HEAD';
  if (isGet && asksForDescription(query)) return { kind: 'description', isHead: method === 'HEAD' };
  if (method !== 'POST') return { kind: 'refusal', refusal: 'method' };
  const encoding = header(request, 'content-encoding')?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'identity') return { kind: 'refusal', refusal: 'content-encoding' };
  if (!isSoapContentType(header(request, 'content-type') ?? '')) {
    return { kind: 'refusal', refusal: 'content-type' };
  }
  const length = header(request, 'content-length');
  return {
    kind: 'envelope',
    declaredBytes: length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined,
  };
}

/** Path and query of a target, which may be a whole URL when it comes through a proxy. @internal */
export function splitTarget(target: string): [pathname: string, query: string] {
  const local = target.replace(/^https?:\/\/[^/?#]*/i, '');
  const at = local.indexOf('?');
  return at === -1 ? [local, ''] : [local.slice(0, at), local.slice(at + 1)];
}

/**
 * Whether a request may be SOAP by its `Content-Type`, in UTF-8. `application/xml` is not what SOAP 1.1 asks for, but
 * peers of the gateway send it; `application/soap+xml` is SOAP 1.2.
 *
 * @see SOAP 1.1, 6 "Using SOAP in HTTP"
 */
export function isSoapContentType(contentType: string, options: { acceptSoap12?: boolean } = {}): boolean {
  const { acceptSoap12 = true } = options;
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const name = type.trim();
  const isKnown =
    name === 'text/xml' || name === 'application/xml' || (acceptSoap12 && name === 'application/soap+xml');
  const charset = parameters.map((parameter) => parameter.trim()).find((text) => text.startsWith('charset='));
  return isKnown && (charset === undefined || /^charset="?utf-?8"?$/.test(charset));
}

function asksForDescription(query: string): boolean {
  return query.split('&').some((part) => part.split('=', 1)[0]?.toLowerCase() === 'wsdl');
}

/** A header that came several times counts as one that says nothing acceptable. */
function header({ headers }: HttpRequest, name: string): string | undefined {
  const value = headers[name];
  return value === undefined || typeof value === 'string' ? value : value.join(',');
}
