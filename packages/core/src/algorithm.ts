/** Names of the signature algorithms, the same everywhere: options, reports, command line. */
export type Algorithm = 'rsa' | 'gost2004' | 'gost2015-256' | 'gost2015-512';

/** Every algorithm name, for validation of user input. */
export const algorithms: readonly Algorithm[] = ['rsa', 'gost2004', 'gost2015-256', 'gost2015-512'];
