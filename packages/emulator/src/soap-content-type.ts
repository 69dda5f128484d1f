/**
 * Whether a request may be SOAP by its `Content-Type`. `application/xml` is not what SOAP 1.1 asks for, but clients of
 * the real gateway send it.
 *
 * @see SOAP 1.1, 6 "Using SOAP in HTTP"
 * @internal
 */
export function isSoapContentType(contentType: string, acceptSoap12: boolean): boolean {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const name = type.trim();
  const isKnown =
    name === 'text/xml' || name === 'application/xml' || (acceptSoap12 && name === 'application/soap+xml');
  const charset = parameters.map((parameter) => parameter.trim()).find((text) => text.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  return isKnown && isUtf8;
}
