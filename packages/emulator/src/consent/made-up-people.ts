/** What a person says when asked for consent. */
export type ConsentDecision = 'agrees' | 'refuses' | 'undecided';

/** Somebody who is asked. */
export interface AskedPerson {
  readonly iin: string;
  readonly decision: ConsentDecision;
  /** How long the tokens of this person count, milliseconds, whatever was asked for. Default: as asked for. */
  readonly lifetimeMs?: number | undefined;
}

/**
 * One of each kind, none of whom can exist: one agrees, one refuses, one has not decided yet, and the tokens of one have
 * expired when they arrive. Everybody else agrees.
 */
export const madeUpPeople: readonly AskedPerson[] = [
  { iin: '001300900309', decision: 'agrees' },
  { iin: '001300900319', decision: 'refuses' },
  { iin: '001300900329', decision: 'undecided' },
  { iin: '001300900339', decision: 'agrees', lifetimeMs: 0 },
];
