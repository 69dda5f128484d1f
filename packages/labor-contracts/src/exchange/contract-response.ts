import { type DataCodec, type XmlElement, XmlError } from '@egov-gateway/core';
import { rootOfText, textPayload } from '@egov-gateway/payload';

/** Finds the id under which a contract was registered in the answer, or says that there is none. */
export type RegisteredIdSelector = (root: XmlElement) => string | undefined;

/** An answer of ЕСУТД. The names of its elements are not known, so all of it can be reached. */
export interface ContractResponse {
  /** What the selector found, white space at its ends cut off; `undefined` when it found nothing. */
  readonly registeredId: string | undefined;
  /** The root of the document in the answer; `undefined` when the answer has none. */
  readonly root: XmlElement | undefined;
  /** The document as text, or what was there instead of it. */
  readonly text: string;
}

/**
 * The id by its position, as the known client takes it (grade B for the position, C for any name): the text of the first
 * child of the second child of the root.
 */
export const registeredIdByPosition: RegisteredIdSelector = (root) => {
  const leaf = root.first?.next?.first;
  return leaf === undefined || leaf.first !== undefined ? undefined : leaf.text();
};

/** The codec of answers: text that holds XML, or elements. An answer that is neither has no id. */
export function contractResponseCodec(selector: RegisteredIdSelector): DataCodec<ContractResponse> {
  const text = textPayload();
  const nothing = (given: string): ContractResponse => ({
    registeredId: undefined,
    root: undefined,
    text: given,
  });
  const found = (root: XmlElement, given: string): ContractResponse => {
    const id = selector(root)?.trim();
    return { registeredId: id === '' ? undefined : id, root, text: given };
  };
  return {
    validate: (response) => text.validate(response.text),
    write: (response, writer) => text.write(response.text, writer),
    read(data) {
      const { first } = data;
      if (first !== undefined) return found(first, first.toXml());
      const given = data.text();
      if (given.trim() === '') return nothing(given);
      try {
        return found(rootOfText(given), given);
      } catch (error) {
        // The status has said already what became of the request; words instead of XML do not change that.
        if (error instanceof XmlError) return nothing(given);
        throw error;
      }
    },
    readAbsent: () => nothing(''),
  };
}
