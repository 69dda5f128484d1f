/** An unsigned envelope around the text of a Body's content, SOAP 1.1 unless another namespace is given. */
export function soapText(
  content: string,
  namespace: string = 'http://schemas.xmlsoap.org/soap/envelope/',
): Uint8Array {
  return new TextEncoder().encode(
    `<S:Envelope xmlns:S="${namespace}"><S:Body>${content}</S:Body></S:Envelope>`,
  );
}
