/** How something came into the register. */
export interface Registration {
  /** `messageId` of the request: on the asynchronous channel the one that the gateway gave. */
  readonly messageId: string;
  readonly channel: 'sync' | 'async';
  /** By the emulator's clock, milliseconds since the epoch. */
  readonly atMs: number;
  /** The document that the employer signed, without the signature. */
  readonly document: string;
}

/** An additional agreement (ДС) in the register. */
export interface RegisteredAgreement {
  readonly id: string;
  readonly subsidiaryContractNumber: string;
  /** Dates as they were sent. */
  readonly subsidiaryContractDate: string;
  readonly beginDate: string;
  readonly position: string;
  readonly establishedPost: string;
  /** The sender's own id; needs `conditions.names.clientId`. */
  readonly clientId?: string | undefined;
  /** `undefined` when it was seeded. */
  readonly registration?: Registration | undefined;
}

/** The end of a contract in the register. */
export interface RegisteredTermination {
  readonly terminationDate: string;
  readonly terminationReason: string;
  readonly registration?: Registration | undefined;
}

/** A labour contract in the register of the emulator. */
export interface RegisteredContract {
  /** What the registration was answered with. */
  readonly id: string;
  /** BIN, or IIN of a private person. */
  readonly employer: string;
  /** IIN. */
  readonly employee: string;
  readonly contractNumber: string;
  /** Dates as they were sent. */
  readonly contractDate: string;
  readonly beginDate: string;
  readonly position: string;
  readonly establishedPost: string;
  readonly conscript: string;
  readonly clientId?: string | undefined;
  readonly registration?: Registration | undefined;
  /** In the order of registration. */
  readonly agreements: readonly RegisteredAgreement[];
  readonly termination?: RegisteredTermination | undefined;
}

/** A contract that is in the register from the start. */
export type SeededContract = Omit<RegisteredContract, 'agreements' | 'registration'> & {
  readonly agreements?: readonly RegisteredAgreement[] | undefined;
};
