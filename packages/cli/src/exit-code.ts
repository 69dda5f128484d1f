/** Exit codes of `egw`. */
export const exitCodes: {
  readonly done: 0;
  readonly negative: 1;
  readonly usage: 2;
  readonly transport: 3;
  readonly fault: 4;
  readonly undecided: 5;
} = {
  done: 0,
  /**
   * Invalid signature, malformed or hostile XML, unverifiable answer, business error, validation issues, a broken chain of
   * the journal, no such message.
   */
  negative: 1,
  /** Wrong usage, unreadable file, unusable key, wrong password, a journal that cannot be used. */
  usage: 2,
  transport: 3,
  /** The gateway refused: a fault, or a message that it did not deliver. */
  fault: 4,
  /** Nobody knows, or not yet: a message in doubt, or one that is still under way. */
  undecided: 5,
};
