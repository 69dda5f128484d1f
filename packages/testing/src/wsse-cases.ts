import { readdirSync } from 'node:fs';

import { fixture, fixturesUrl, fixtureText } from './index.ts';

/** Whom a case trusts, by files of `fixtures/keys`. */
export type WsseTrust =
  | { readonly pinned: readonly string[]; readonly allowUnnamedSigner?: boolean }
  | { readonly roots: readonly string[]; readonly expect: { readonly bin: string } };

/** One message of `fixtures/wsse`, and what a verifier must say about it. */
export interface WsseCase {
  /** The rule, which is the name of the folder. */
  readonly name: string;
  readonly title: string;
  /** `ok`, `unverified` (an unsigned fault), or the code of the refusal. */
  readonly expect: string;
  readonly trust: WsseTrust;
  /** The instant to judge at, ISO. */
  readonly at: string;
  /** Default: `rsa` alone. */
  readonly suites?: readonly ('rsa' | 'rsa-sha1')[];
  readonly acceptUnqualifiedId?: boolean;
  /** Of the canonical Body, hex; only where `ok` is expected. */
  readonly bodySha256?: string;
  readonly message: Uint8Array;
}

/** All cases of `fixtures/wsse`, by name. */
export function wsseCases(): readonly WsseCase[] {
  return readdirSync(new URL('wsse/', fixturesUrl), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => ({
      ...(JSON.parse(fixtureText(`wsse/${name}/case.json`)) as Omit<WsseCase, 'name' | 'message'>),
      name,
      message: fixture(`wsse/${name}/message.xml`),
    }));
}
