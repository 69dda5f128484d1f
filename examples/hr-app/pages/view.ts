import type { Language, Texts } from '../texts/texts.ts';

/** What every part of the page is rendered with. */
export interface View {
  readonly texts: Texts;
  readonly language: Language;
  /** Against forms of other sites. */
  readonly token: string;
  readonly today: string;
  /** Whether an emulator stands where the gateway should be. */
  readonly isRehearsal: boolean;
}

/** Where a part of the page is found. */
export const addressOf = {
  list: '/',
  newEmployee: '/?new=1',
  employee: (id: number, task?: 'edit' | 'change' | 'terminate'): string =>
    task === undefined ? `/?open=${id}` : `/?open=${id}&do=${task}`,
  agreement: (id: number, agreementId: number): string => `/?open=${id}&do=change&agreement=${agreementId}`,
} as const;
