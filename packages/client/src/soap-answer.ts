import { SendError, type TransportResponse } from '@egov-gateway/core';

const xmlTypes: ReadonlySet<string> = new Set(['text/xml', 'application/xml', 'application/soap+xml']);

/**
 * Lets through what may be a SOAP message: status 200, or 500 as faults have it, labelled as XML. The charset of the
 * label is not looked at; the XML itself is refused when it is not UTF-8.
 *
 * @throws {SendError} `ERR_SEND_HTTP_STATUS`, `ERR_SEND_CONTENT_TYPE`, delivery `unknown`: a page of a proxy or of a
 *   broken server says nothing about the message
 * @see SOAP 1.1, 6.2 "SOAP HTTP Response"
 * @internal
 */
export function assertSoapAnswer(response: TransportResponse): void {
  const { status, headers, body } = response;
  const contentType = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isXml = xmlTypes.has(contentType);
  if (status === 200 && isXml) return;
  if (status === 500 && isXml && body.byteLength > 0) return;
  if (status === 200) {
    throw new SendError(
      `the answer is labelled ${printable(contentType)}, expected text/xml; is this the address of the channel?`,
      { code: 'ERR_SEND_CONTENT_TYPE', delivery: 'unknown', httpStatus: status },
    );
  }
  throw new SendError(
    status === 500
      ? 'the answer has HTTP status 500 without a SOAP fault in it'
      : `the answer has HTTP status ${status}, expected 200, or 500 with a SOAP fault`,
    { code: 'ERR_SEND_HTTP_STATUS', delivery: 'unknown', httpStatus: status },
  );
}

function printable(contentType: string): string {
  if (contentType === '') return 'with no type';
  return /^[a-z0-9!#$&^_.+-]{1,40}\/[a-z0-9!#$&^_.+-]{1,60}$/.test(contentType)
    ? contentType
    : 'with an impossible type';
}
