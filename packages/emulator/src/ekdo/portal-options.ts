import type { Clock } from '@egov-gateway/core';
import {
  type EkdoCredentials,
  type EkdoRoutes,
  type SignatureKind,
  unverifiedRoutes,
} from '@egov-gateway/ekdo';

import type { EkdoPortalExchange } from './portal-document.ts';
import type { EkdoMisbehaviourName, EkdoMisbehaviourOptions } from './portal-menu.ts';

/** Options of {@link createEkdoPortal}. All of them may be left out. */
export interface EkdoPortalOptions {
  /** Who may come in. Default: `test-employer`, `test-only`, `EMU-USER`. */
  readonly credentials?: EkdoCredentials | undefined;
  /** Paths. Default: `unverifiedRoutes` of `@egov-gateway/ekdo`, guesses but for `/docs`. */
  readonly routes?: EkdoRoutes | undefined;
  /** How long a token lives, milliseconds. Default: 600 000; nothing is known of the real one. */
  readonly tokenLifetimeMs?: number | undefined;
  /** Whether the answer says how long. Default: true. */
  readonly tellsTokenLifetime?: boolean | undefined;
  /** The largest document, bytes. Default: 15 728 640; «не более 15 Мб» says no more. */
  readonly maxDocumentBytes?: number | undefined;
  /** Kinds of signature that are taken. Default: all. */
  readonly signatureKinds?: readonly SignatureKind[] | undefined;
  /**
   * `checked`: a signature that does not belong to the document is refused. `as-they-come`: anything is taken, which is what
   * the published description says («без валидации»). Default: `checked`, the better rehearsal.
   */
  readonly signatures?: 'checked' | 'as-they-come' | undefined;
  /** The script to begin with. Default: none. See `misbehave`. */
  readonly misbehave?:
    | readonly ({ readonly name: EkdoMisbehaviourName } & EkdoMisbehaviourOptions)[]
    | undefined;
  /** Told of every exchange when it is over. Default: nobody. */
  readonly onExchange?: ((exchange: EkdoPortalExchange) => void) | undefined;
  /** Default: the clock of the machine; `advance` moves on from it. */
  readonly clock?: Clock | undefined;
}

/** Every option. @internal */
export const portalOptionNames: readonly string[] = Object.keys({
  credentials: true,
  routes: true,
  tokenLifetimeMs: true,
  tellsTokenLifetime: true,
  maxDocumentBytes: true,
  signatureKinds: true,
  signatures: true,
  misbehave: true,
  onExchange: true,
  clock: true,
} satisfies Record<keyof EkdoPortalOptions, true>);

/** The account that the portal knows unless it is told otherwise. TEST ONLY. @internal */
export const testCredentials: EkdoCredentials = {
  login: 'test-employer',
  password: 'test-only',
  userId: 'EMU-USER',
};

/** A path with the place of an id. @internal */
export interface PortalRoute {
  readonly step: 'token' | 'document' | 'signature' | 'status';
  readonly method: 'GET' | 'POST';
  /** The id of a path of this route, `''` when it has none; `undefined` when the path is another one. */
  idIn(path: string): string | undefined;
}

/** @internal */
export function portalRoutes(routes: EkdoRoutes = unverifiedRoutes): readonly PortalRoute[] {
  const status = routes.status?.bind(routes);
  const all: PortalRoute[] = [
    fixedRoute('token', routes.token),
    fixedRoute('document', routes.documents),
    idRoute('signature', 'POST', (id) => routes.signature(id)),
  ];
  return status === undefined ? all : [...all, idRoute('status', 'GET', status)];
}

function fixedRoute(step: 'token' | 'document', route: string): PortalRoute {
  return { step, method: 'POST', idIn: (path) => (path === route ? '' : undefined) };
}

const mark = '-place-of-the-id-';

function idRoute(
  step: 'signature' | 'status',
  method: 'GET' | 'POST',
  route: (id: string) => string,
): PortalRoute {
  const [before = '', after = ''] = route(mark).split(mark);
  return {
    step,
    method,
    idIn(path) {
      if (!path.startsWith(before) || !path.endsWith(after)) return undefined;
      const segment = path.slice(before.length, path.length - after.length);
      if (segment === '' || segment.includes('/') || path.length < before.length + after.length)
        return undefined;
      try {
        return decodeURIComponent(segment);
      } catch {
        return undefined;
      }
    },
  };
}
