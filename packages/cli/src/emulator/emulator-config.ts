/** The file behind `egw emulator --config`. */
import { dirname, resolve } from 'node:path';

import {
  type CannedService,
  checkOrders,
  type EmulatorOptions,
  type SystemRegistration,
} from '@egov-gateway/emulator';
import { parseCertificates } from '@egov-gateway/keys';
import * as z from 'zod';

import type { CommandContext } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import {
  type GatewayScenario,
  gatewayScenario,
  type PortalScenario,
  portalScenario,
} from './misbehaviour-menu.ts';

const count = z.int().positive();
const misbehaviour = z.strictObject({
  name: z.string(),
  times: count.optional(),
  serviceId: z.string().optional(),
  delayMs: count.optional(),
  chunkBytes: count.optional(),
  intervalMs: count.optional(),
  answerBytes: count.optional(),
  pushBytes: count.optional(),
});
const portalMisbehaviour = z.strictObject({
  name: z.string(),
  times: count.optional(),
  step: z.enum(['token', 'document', 'signature', 'status']).optional(),
  delayMs: count.optional(),
  answerBytes: count.optional(),
});

/** Of such a choice zod says only that neither fits. */
const nameOr = <Settings extends z.ZodObject>(settings: Settings) =>
  z.union([z.string(), settings], {
    error: `must be a name, or an object of ${Object.keys(settings.shape).join(', ')}`,
  });

const schema = z.strictObject({
  host: z.string().optional(),
  port: z.int().min(0).max(65_535).optional(),
  tls: z.boolean().optional(),
  acceptWithinMs: z.int().positive().optional(),
  answerWithinMs: z.int().positive().optional(),
  checks: z.enum(Object.keys(checkOrders) as [keyof typeof checkOrders]).optional(),
  async: z
    .strictObject({
      dedupe: z.enum(['none', 'message-id']).optional(),
      duplicates: z.enum(['repeat', 'fault']).optional(),
      ids: z.enum(['decimal', 'uuid']).optional(),
      handlerDelayMs: z.int().min(0).optional(),
      statusNotifications: z.boolean().optional(),
      pullAmount: z.int().positive().optional(),
      push: z
        .strictObject({
          retryDelaysMs: z.array(z.int().min(0)).optional(),
          onFault: z.enum(['retry', 'stop']).optional(),
          sign: z.boolean().optional(),
          answers: z.enum(['required', 'if-present', 'off']).optional(),
          timeoutMs: z.int().positive().optional(),
        })
        .optional(),
    })
    .optional(),
  asyncStore: z.string().min(1).optional(),
  misbehave: z.array(nameOr(misbehaviour)).optional(),
  ekdo: z
    .strictObject({
      port: z.int().min(0).max(65_535).optional(),
      misbehave: z.array(nameOr(portalMisbehaviour)).optional(),
    })
    .optional(),
  systems: z
    .array(
      z.strictObject({
        senderId: z.string().min(1),
        passwordFile: z.string().optional(),
        certificates: z.array(z.string()).optional(),
        bin: z.string().optional(),
        iin: z.string().optional(),
        services: z.array(z.string()).optional(),
        provides: z.array(z.string()).optional(),
        push: z.url({ protocol: /^https?$/ }).optional(),
      }),
    )
    .optional(),
  services: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        file: z.string().optional(),
        text: z.string().optional(),
        status: z.strictObject({ code: z.string(), message: z.string() }).optional(),
      }),
    )
    .optional(),
});

/** What the file says: where to listen, and what the emulator is. */
export interface EmulatorConfig {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly tls: boolean;
  readonly options: EmulatorOptions;
  /** What the gateway is to do wrong. */
  readonly misbehave: readonly ScriptedScenario[];
  /** The portal; `undefined` when there is none. */
  readonly ekdo: { readonly port: number; readonly misbehave: readonly PortalScenario[] } | undefined;
}

/** A misbehaviour of the gateway with its settings. */
export interface ScriptedScenario {
  readonly name: GatewayScenario;
  /** Judged by the emulator when it is told. */
  readonly settings: Readonly<Record<string, string | number | undefined>>;
}

/**
 * Reads the configuration. Paths in it are relative to the file.
 *
 * @throws {UsageError} with every problem of the file
 */
export async function readEmulatorConfig(file: string, context: CommandContext): Promise<EmulatorConfig> {
  const text = new TextDecoder().decode(await context.console.read(file));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${file} is not JSON`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'file'}: ${message}`,
    );
    throw new UsageError(`${file}: ${problems.join('; ')}`);
  }
  const {
    host,
    port,
    tls = false,
    checks,
    systems,
    services,
    asyncStore,
    misbehave = [],
    ekdo,
    ...rest
  } = parsed.data;
  const located = (path: string): string => resolve(dirname(file), path);
  const read = async (path: string): Promise<Uint8Array> => context.console.read(located(path));

  const registrations = systems?.map(
    async ({ passwordFile, certificates, ...system }): Promise<SystemRegistration> => ({
      ...system,
      ...(passwordFile !== undefined && {
        password: new TextDecoder().decode(await read(passwordFile)).replace(/\r?\n$/, ''),
      }),
      ...(certificates !== undefined && {
        certificates: (
          await Promise.all(certificates.map(async (path) => parseCertificates(await read(path))))
        ).flat(),
      }),
    }),
  );
  const canned = services?.map(
    ({ file: path, ...service }): CannedService => ({
      ...service,
      ...(path !== undefined && { file: located(path) }),
    }),
  );
  return {
    host,
    port,
    tls,
    misbehave: misbehave.map((one) => {
      const { name, ...settings } = typeof one === 'string' ? { name: one } : one;
      return { name: gatewayScenario(name), settings };
    }),
    ekdo: ekdo && {
      port: ekdo.port ?? 0,
      misbehave: (ekdo.misbehave ?? []).map((one) => {
        if (typeof one === 'string') return portalScenario(one);
        return { ...one, name: portalScenario(one.name).name };
      }),
    },
    options: {
      ...rest,
      ...(asyncStore !== undefined && { asyncStore: { path: located(asyncStore) } }),
      ...(checks !== undefined && { checks: checkOrders[checks] }),
      ...(registrations !== undefined && { systems: await Promise.all(registrations) }),
      ...(canned !== undefined && { services: canned }),
    },
  };
}
