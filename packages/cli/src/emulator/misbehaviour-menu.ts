/** The menus behind `--misbehave` and `--ekdo-misbehave`: what a name means, and all of them in words. */
import {
  type AsyncMisbehaviourName,
  asyncMisbehaviours,
  type EkdoMisbehaviourName,
  type EkdoMisbehaviourOptions,
  ekdoMisbehaviours,
  type MisbehaviourName,
  misbehaviours,
} from '@egov-gateway/emulator';

import { alignedLines } from '../aligned-lines.ts';
import type { Console } from '../console.ts';
import { nearestNames } from '../nearest-names.ts';
import { UsageError } from '../usage-error.ts';

/** Name of something that the gateway may do wrong. */
export type GatewayScenario = MisbehaviourName | AsyncMisbehaviourName;

/** Something that the portal may do wrong, and at which step. */
export interface PortalScenario extends EkdoMisbehaviourOptions {
  readonly name: EkdoMisbehaviourName;
}

/** A longer word is no name, whatever it is. */
const maxShown = 40;

/** The word that asks for the names. */
export const listWord = 'list';

const options = { gateway: 'misbehave', portal: 'ekdo-misbehave' } as const;
/** Whose misbehaviour. */
export type MisbehavingSide = keyof typeof options;

const steps = ['token', 'document', 'signature', 'status'] as const;

/** @throws {UsageError} when the gateway has no misbehaviour of this name */
export function gatewayScenario(text: string): GatewayScenario {
  if (Object.hasOwn(misbehaviours, text) || Object.hasOwn(asyncMisbehaviours, text)) {
    return text as GatewayScenario;
  }
  throw unknownName('gateway', text);
}

/** `NAME` or `NAME@STEP`. @throws {UsageError} when the portal has no such misbehaviour, or no such step */
export function portalScenario(text: string): PortalScenario {
  const [, name = '', , at] = /^([^@]*)(@(.*))?$/s.exec(text) ?? [];
  if (!Object.hasOwn(ekdoMisbehaviours, name)) throw unknownName('portal', name);
  const step = steps.find((known) => known === at);
  if (at !== undefined && step === undefined) {
    throw new UsageError(`--${options.portal}: a step is one of ${steps.join(', ')}`);
  }
  return { name: name as EkdoMisbehaviourName, step };
}

/** Prints every name of a side with what it does. */
export function printMisbehaviours(console: Console, side: MisbehavingSide, asJson: boolean): void {
  const menu = menuOf(side);
  if (asJson) {
    console.json({ misbehaviours: menu.flatMap(({ entries }) => entries) });
    return;
  }
  const lines = alignedLines(
    menu.flatMap(({ entries }) => entries.map(({ name, summary }) => [name, summary])),
  );
  let printed = 0;
  for (const { title, entries } of menu) {
    console.line(title);
    for (const line of lines.slice(printed, printed + entries.length)) console.line(`  ${line}`);
    printed += entries.length;
  }
}

interface MenuPart {
  readonly title: string;
  readonly entries: readonly { readonly name: string; readonly stage: string; readonly summary: string }[];
}

function menuOf(side: MisbehavingSide): readonly MenuPart[] {
  if (side === 'portal') {
    const entries = Object.entries(ekdoMisbehaviours).map(([name, { stage, effect }]) => ({
      name,
      stage,
      summary: effect,
    }));
    return [
      {
        title: 'The portal, to the next document; NAME@STEP to the next token, signature or status:',
        entries,
      },
    ];
  }
  return [
    { title: 'The gateway, to the next exchange:', entries: summaries(misbehaviours) },
    { title: 'Its asynchronous channel, to the next message:', entries: summaries(asyncMisbehaviours) },
  ];
}

function summaries(
  menu: Readonly<Record<string, { readonly stage: string; readonly summary: string }>>,
): MenuPart['entries'] {
  return Object.entries(menu).map(([name, { stage, summary }]) => ({ name, stage, summary }));
}

function unknownName(side: MisbehavingSide, name: string): UsageError {
  const other = side === 'gateway' ? 'portal' : 'gateway';
  const [names, others] = [side, other].map((one) =>
    menuOf(one as MisbehavingSide).flatMap(({ entries }) => entries.map((entry) => entry.name)),
  );
  const option = options[side];
  if (others?.includes(name) === true) {
    return new UsageError(`--${option}: ${name} is what the ${other} may do: --${options[other]}`);
  }
  const near = nearestNames(name, names ?? []);
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
  return new UsageError(`--${option}: the ${side} knows no ${name.slice(0, maxShown)}${meant}
all that it knows: egw emulator --${option} ${listWord}`);
}
