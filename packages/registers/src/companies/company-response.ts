import { type DataCodec, type XmlElement, XmlError } from '@egov-gateway/core';
import { rootOfText, textPayload } from '@egov-gateway/payload';

/**
 * An answer of the register of companies. Its description is not published, so nothing of it is decoded: all of it can be
 * reached. See {@link unverifiedCompanyView}, and `plainView` of `payload`.
 */
export interface CompanyResponse {
  /** The root of the document in the answer; `undefined` when the answer has none. */
  readonly root: XmlElement | undefined;
  /** The document as text, or what was there instead of it. */
  readonly text: string;
}

/** The codec of answers: text that holds XML, or an element. @internal */
export function companyResponse(): DataCodec<CompanyResponse> {
  const text = textPayload({ typed: false });
  return {
    validate: (response) => text.validate(response.text),
    write: (response, writer) => text.write(response.text, writer),
    read(data) {
      const { first } = data;
      if (first !== undefined) return { root: first, text: first.toXml() };
      const given = data.text();
      return { root: rootIn(given), text: given };
    },
    readAbsent: () => ({ root: undefined, text: '' }),
  };
}

/** Words instead of XML are no reason to lose an answer whose status was a success. */
function rootIn(text: string): XmlElement | undefined {
  if (text.trim() === '') return undefined;
  try {
    return rootOfText(text);
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}
