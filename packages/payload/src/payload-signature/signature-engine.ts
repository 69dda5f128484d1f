/**
 * xml-crypto, set up so that nothing of its own decides: canonicalisation, digests and signatures come from outside.
 *
 * @module
 */

import type { SignatureSuite } from '@egov-gateway/core';
import { encodeBase64 } from '@egov-gateway/xml';
import { SignedXml } from 'xml-crypto';

import { canonicalizeDom } from './dom-c14n.ts';
import {
  envelopedSignature,
  exclusiveC14n,
  exclusiveC14nWithComments,
  inclusiveC14n,
  inclusiveC14nWithComments,
} from './vocabulary.ts';

/** What happens to the octets that are signed. */
export interface SignatureHook {
  /** Called with the canonical `SignedInfo` when a signature is made. */
  readonly sign?: (signedInfo: string) => Promise<string>;
  /** Called with the canonical `SignedInfo` when a signature is checked; the caller does the check itself. */
  readonly seen?: (signedInfo: string) => void;
}

type SignedXmlOptions = ConstructorParameters<typeof SignedXml>[0];

/** An engine that knows the algorithms of one suite and no others. */
export function createEngine(
  suite: SignatureSuite,
  hook: SignatureHook,
  options: SignedXmlOptions,
): SignedXml {
  const engine = new SignedXml({ publicCert: 'unused', privateKey: 'unused', ...options });
  engine.CanonicalizationAlgorithms = {
    [envelopedSignature]: engine.CanonicalizationAlgorithms[envelopedSignature] as never,
    [inclusiveC14n]: c14n(inclusiveC14n, { exclusive: false, withComments: false }),
    [inclusiveC14nWithComments]: c14n(inclusiveC14nWithComments, { exclusive: false, withComments: true }),
    [exclusiveC14n]: c14n(exclusiveC14n, { exclusive: true, withComments: false }),
    [exclusiveC14nWithComments]: c14n(exclusiveC14nWithComments, { exclusive: true, withComments: true }),
  };
  engine.HashAlgorithms = Object.fromEntries(suite.digestUris.map((uri) => [uri, hashOf(suite, uri)]));
  engine.SignatureAlgorithms = Object.fromEntries(
    suite.signatureUris.map((uri) => [uri, signatureOf(hook, uri)]),
  );
  return engine;
}

type AlgorithmClass<Map extends Record<string, unknown>> = Map[string];

function c14n(
  uri: string,
  kind: { readonly exclusive: boolean; readonly withComments: boolean },
): AlgorithmClass<SignedXml['CanonicalizationAlgorithms']> {
  return class {
    getAlgorithmName(): string {
      return uri;
    }
    process(
      node: unknown,
      options: { ancestorNamespaces?: readonly { readonly prefix: string; readonly namespaceURI: string }[] },
    ): string {
      return canonicalizeDom(node, { ...kind, ancestorNamespaces: options.ancestorNamespaces });
    }
  } as never;
}

function hashOf(suite: SignatureSuite, uri: string): AlgorithmClass<SignedXml['HashAlgorithms']> {
  return class {
    getAlgorithmName(): string {
      return uri;
    }
    getHash(canonical: string): string {
      const digest = suite.createDigest();
      digest.update(new TextEncoder().encode(canonical));
      return encodeBase64(digest.digest());
    }
  } as never;
}

function signatureOf(hook: SignatureHook, uri: string): AlgorithmClass<SignedXml['SignatureAlgorithms']> {
  return class {
    getAlgorithmName(): string {
      return uri;
    }
    getSignature(
      signedInfo: string,
      _key: unknown,
      done: (error: Error | null, signature?: string) => void,
    ): void {
      if (hook.sign === undefined) throw new TypeError('this engine does not sign');
      hook.sign(signedInfo).then(
        (signature) => done(null, signature),
        (error: Error) => done(error),
      );
    }
    // xml-crypto checks at once, keys and suites answer later. "True" lets it go on and give out what was digested;
    // nobody gets that before the caller has checked the octets reported here.
    verifySignature(signedInfo: string): boolean {
      if (hook.seen === undefined) return false;
      hook.seen(signedInfo);
      return true;
    }
  } as never;
}
