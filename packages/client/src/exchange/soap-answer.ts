import { SendError, type TransportResponse } from '@egov-gateway/core';

const xmlTypes: ReadonlySet<string> = new Set(['text/xml', 'application/xml', 'application/soap+xml']);

/**
 * Lets through what may be a SOAP message: status 200, or a status of errors as faults have it, labelled as
 * XML. SOAP 1.1 sends faults with 500, SOAP 1.2 those of the sender with 400. The charset of the
 * label is not looked at; the XML itself is refused when it is not UTF-8.
 *
 * @throws {SendError} `ERR_SEND_HTTP_STATUS`, `ERR_SEND_CONTENT_TYPE`, delivery `unknown`: a page of a proxy or of a
 *   broken server says nothing about the message
 * @see SOAP 1.1, 6.2 "SOAP HTTP Response"; SOAP 1.2 Part 2, 7.5.2.2 "Responding SOAP node"
 * @internal
 */
export function assertSoapAnswer(response: TransportResponse): void {
  const { status, headers, body } = response;
  const contentType = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isXml = xmlTypes.has(contentType);
  if (status === 200 && isXml) return;
  if (status >= 400 && status <= 599 && isXml && mayBeFault(status, body)) return;
  if (status === 200) {
    throw new SendError(
      `the answer is labelled ${printable(contentType)}, expected text/xml; is this the address of the channel?`,
      { code: 'ERR_SEND_CONTENT_TYPE', delivery: 'unknown', httpStatus: status },
    );
  }
  throw new SendError(
    `the answer has HTTP status ${status} and is no SOAP fault, expected 200, or 4xx or 5xx with a fault`,
    { code: 'ERR_SEND_HTTP_STATUS', delivery: 'unknown', httpStatus: status },
  );
}

/** Pages of errors are XML too, at times. With 500, the status of SOAP 1.1, an envelope may hold anything. */
function mayBeFault(status: number, body: Uint8Array): boolean {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!/<(?:[\w.-]{1,64}:)?Envelope[\s>/]/.test(bytes.toString('latin1', 0, 2048))) return false;
  return status === 500 || bytes.includes('Fault');
}

function printable(contentType: string): string {
  if (contentType === '') return 'with no type';
  return /^[a-z0-9!#$&^_.+-]{1,40}\/[a-z0-9!#$&^_.+-]{1,60}$/.test(contentType)
    ? contentType
    : 'with an impossible type';
}
