import type { EkdoCredentials } from '@egov-gateway/ekdo';
import * as z from 'zod';

import type { CommandContext } from '../command.ts';
import { UsageError } from '../usage-error.ts';

const schema = z.strictObject({
  login: z.string().min(1),
  password: z.string().min(1),
  userId: z.string().min(1).optional(),
});

/**
 * What the support of the portal has handed out, from a file: arguments are visible to every user of the machine.
 *
 * @throws {UsageError} when it is not JSON of login, password and userId; nothing of the file is in the message
 */
export async function readPortalCredentials(path: string, context: CommandContext): Promise<EkdoCredentials> {
  const text = new TextDecoder().decode(await context.console.read(path));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is not JSON`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `${path} must be { "login": "…", "password": "…", "userId": "…" }, userId if you have one`,
  );
}
