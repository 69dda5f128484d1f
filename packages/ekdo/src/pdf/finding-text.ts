/** Words in Russian and in English. */
export interface Words {
  readonly ru: string;
  readonly en: string;
}

/** `error`: the file is not PDF/A-1, or the portal does not take it. `warning`: somebody should look. */
export type PdfSeverity = 'error' | 'warning';

/** What a finding says, whatever the file. */
export interface FindingText {
  readonly severity: PdfSeverity;
  /** Clause of ISO 19005-1:2005, when the rule is one of it. */
  readonly clause: string | undefined;
  /** What was found. */
  readonly message: Words;
  /** What to do. */
  readonly remedy: Words;
}
