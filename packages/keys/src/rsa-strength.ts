/** Sizes of RSA moduli that are accepted, bits. Shorter ones are weak, longer ones are made to keep a processor busy. */
export const rsaBits: { readonly min: number; readonly max: number } = { min: 2048, max: 8192 };
