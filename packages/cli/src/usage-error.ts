import type { Language } from './language.ts';

/** One sentence in the three languages. */
export type Said = Readonly<Record<Language, string>>;

/** The caller asked for something that cannot be done as written. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** The same in the languages of commands that speak several; the message is English. */
  readonly said: Said | undefined;

  constructor(message: string | Said, options?: ErrorOptions) {
    super(typeof message === 'string' ? message : message.en, options);
    this.said = typeof message === 'string' ? undefined : message;
  }
}
