/** The portal that `egw emulator --ekdo-port` serves beside the gateway. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createEkdoPortal, type EkdoPortal, type EkdoPortalOptions } from '@egov-gateway/emulator';

import { listenError } from '../listening.ts';
import { UsageError } from '../usage-error.ts';

/** A portal that listens. */
export interface ServedPortal {
  readonly url: URL;
  close(): Promise<void>;
}

/** Listens. @throws {UsageError} when the port cannot be had, or a misbehaviour has no such setting */
export async function servePortal(
  address: { readonly port: number; readonly host: string; readonly tls?: true },
  options: Pick<EkdoPortalOptions, 'misbehave' | 'onExchange'>,
): Promise<ServedPortal> {
  const portal = portalOf(options);
  try {
    const { url } = await portal.listen(address);
    return { url, close: () => portal.close() };
  } catch (error) {
    await portal.close();
    throw listenError(error);
  }
}

function portalOf(options: EkdoPortalOptions): EkdoPortal {
  try {
    return createEkdoPortal(options);
  } catch (cause) {
    if (cause instanceof TypeError) throw new UsageError(`ekdo: ${cause.message}`, { cause });
    throw cause;
  }
}

/** Writes the account that the portal knows, for `--portal-credentials`. TEST ONLY. */
export async function writePortalCredentials(folder: string): Promise<string> {
  const { credentials } = createEkdoPortal().connection();
  const path = join(folder, 'portal-credentials.json');
  await writeFile(path, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  return path;
}
