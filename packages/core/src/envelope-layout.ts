/**
 * What the canonical writer knows about an envelope it has written, so that a signer need not read it again.
 *
 * All offsets are bytes from the start of the envelope. The Body, from `bodyStart` to `bodyEnd` without the
 * `wireOnly` ranges, is its own exclusive canonical form.
 */
export interface EnvelopeLayout {
  /** Where the next header block goes: just behind the start tag of `soap:Header`. */
  readonly headerInsertAt: number;
  readonly bodyStart: number;
  /** Exclusive. */
  readonly bodyEnd: number;
  /** Value of `wsu:Id` on the Body. */
  readonly bodyId: string;
  /**
   * Ranges `[start, end)` inside the Body that are not in its canonical form: namespace declarations used only in QName
   * values, which exclusive C14N drops, and CDATA sections, which it replaces by the third member.
   */
  readonly wireOnly: readonly (readonly [start: number, end: number, canonical?: Uint8Array])[];
}
