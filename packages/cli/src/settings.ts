/**
 * Options that may come from the command line, from `EGW_…` variables or from `egw.config.json`, in this order.
 *
 * One option, three spellings: `--sender-id`, `EGW_SENDER_ID`, `senderId`.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import type { CommandContext, CommandOptions } from './command.ts';
import { type OptionValues, textOption } from './option-values.ts';
import { pathSettings, settingOptions } from './setting-options.ts';
import { UsageError } from './usage-error.ts';

const defaultFile = 'egw.config.json';
type Setting = OptionValues[string];

/**
 * The given values, with what is missing filled from the environment and from the configuration file.
 *
 * Paths in a configuration file are relative to that file. One file serves all commands: each takes what concerns it.
 *
 * @throws {UsageError} when the file cannot be read, has an unknown key, or a value of the wrong type
 */
export async function withSettings(values: OptionValues, context: CommandContext): Promise<OptionValues> {
  const fromFile = await readConfig(values, context);
  const merged: Record<string, Setting> = {};
  for (const [name, option] of Object.entries(settingOptions)) {
    const given = values[name] ?? fromEnvironment(name, option, context) ?? fromFile[name];
    if (given !== undefined) merged[name] = given;
  }
  return { ...values, ...merged };
}

function fromEnvironment(name: string, option: CommandOptions[string], context: CommandContext): Setting {
  const variable = `EGW_${name.toUpperCase().replaceAll('-', '_')}`;
  const text = context.environment[variable];
  if (text === undefined || text === '') return undefined;
  if (option.type === 'string') return option.multiple === true ? text.split(',') : text;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new UsageError(`${variable} is true or false`);
}

async function readConfig(
  values: OptionValues,
  context: CommandContext,
): Promise<Readonly<Record<string, Setting>>> {
  const named = textOption(values, 'config') ?? context.environment['EGW_CONFIG'];
  if (named === undefined && !existsSync(defaultFile)) return {};
  const file = named ?? defaultFile;
  const config = parseObject(file, new TextDecoder().decode(await context.console.read(file)));

  const settings: Record<string, Setting> = {};
  const byKey = new Map(Object.keys(settingOptions).map((name) => [camelCase(name), name]));
  for (const [key, value] of Object.entries(config)) {
    const name = byKey.get(key);
    const option = name === undefined ? undefined : settingOptions[name];
    if (name === undefined || option === undefined) {
      throw new UsageError(`${file}: unknown key "${key}"; known are ${[...byKey.keys()].join(', ')}`);
    }
    settings[name] = checkedValue(file, key, value, option, (text) =>
      pathSettings.has(name) ? resolve(dirname(file), text) : text,
    );
  }
  return settings;
}

function parseObject(file: string, text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${file} is not JSON`, { cause });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new UsageError(`${file} must hold one JSON object`);
  }
  return { ...parsed };
}

function checkedValue(
  file: string,
  key: string,
  value: unknown,
  option: CommandOptions[string],
  located: (text: string) => string,
): Setting {
  if (option.type === 'boolean') {
    if (typeof value === 'boolean') return value;
    throw new UsageError(`${file}: "${key}" is true or false`);
  }
  if (typeof value === 'number' && option.multiple !== true) return String(value);
  if (typeof value === 'string') return option.multiple === true ? [located(value)] : located(value);
  if (option.multiple === true && Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.map(located);
  }
  throw new UsageError(`${file}: "${key}" is ${option.multiple === true ? 'a list of texts' : 'a text'}`);
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
