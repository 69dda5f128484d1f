import { readFile } from 'node:fs/promises';

import type { Certificate } from '@egov-gateway/core';
import type { ContractOperation } from '@egov-gateway/labor-contracts';
import {
  type ColumnMapping,
  type ContractField,
  type MappedTable,
  mapColumns,
  parseColumnMapping,
  readTable,
  type TableProblem,
  type TextEncodingName,
} from '@egov-gateway/labor-contracts/batch';

import type { CommandContext } from '../command.ts';
import { choiceOption, listOption, type OptionValues, textOption } from '../option-values.ts';
import { UsageError } from '../usage-error.ts';

/** The table of a file, or what is wrong with it. */
export type ReadContracts =
  | { readonly mapped: MappedTable; readonly encoding: TextEncodingName | undefined }
  | { readonly problems: readonly TableProblem[] };

/** Reads the file, finds its columns, and keeps the mapping when it is told to. */
export async function readContractTable(
  path: string,
  operation: ContractOperation,
  values: OptionValues,
  context: CommandContext,
  certificate: Certificate | undefined,
): Promise<ReadContracts> {
  const { table, problems } = readTable(await context.console.read(path), {
    sheet: textOption(values, 'sheet'),
  });
  if (table === undefined) return { problems };
  const given = await readMapping(values, context);
  if ('problem' in given && given.problem !== undefined) return { problems: [given.problem] };
  // The key that signs must be that of the employer anyway.
  const employer = certificate?.bin ?? certificate?.iin ?? undefined;
  const own = employer === undefined ? {} : { employerBin: employer };
  const constants = { ...own, ...given.mapping.constants, ...readConstants(values) };
  const dateOrder = choiceOption(values, 'date-order', ['day-month', 'month-day']) ?? given.mapping.dateOrder;
  const mapping: ColumnMapping = { ...given.mapping, constants, dateOrder };
  const result = mapColumns(table, operation, mapping);
  if (result.mapped === undefined) return { problems: result.problems };
  const keptPath = textOption(values, 'save-mapping');
  if (keptPath !== undefined) {
    await assertMappingFile(keptPath);
    const kept = {
      ...result.mapped.mapping,
      constants: { ...given.mapping.constants, ...readConstants(values) },
    };
    await context.console.write(keptPath, new TextEncoder().encode(`${JSON.stringify(kept, null, 2)}\n`));
  }
  return { mapped: result.mapped, encoding: table.encoding };
}

/** @throws {UsageError} when there is a file that is something else: the table itself, or a key */
async function assertMappingFile(path: string): Promise<void> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return; // None, or none that can be written: then writing says so.
  }
  if (parseColumnMapping(text).problem === undefined) return;
  throw new UsageError({
    ru: `${path} уже есть, и это не файл соответствий: назовите другой в --save-mapping`,
    kk: `${path} бар, бірақ ол сәйкестік файлы емес: --save-mapping параметрінде басқасын атаңыз`,
    en: `${path} exists and is no mapping file: name another one with --save-mapping`,
  });
}

async function readMapping(
  values: OptionValues,
  context: CommandContext,
): Promise<
  | (ReturnType<typeof parseColumnMapping> & { readonly mapping: ColumnMapping })
  | { readonly problem: TableProblem }
> {
  const path = textOption(values, 'mapping');
  if (path === undefined) return { mapping: { columns: {} } };
  return parseColumnMapping(new TextDecoder().decode(await context.console.read(path)));
}

function readConstants(values: OptionValues): Partial<Record<ContractField, string>> {
  const constants: Record<string, string> = {};
  for (const text of listOption(values, 'set')) {
    const [, field, value] = /^([a-zA-Z]+)=(.+)$/.exec(text) ?? [];
    if (field === undefined || value === undefined)
      throw new UsageError({
        ru: '--set — это ПОЛЕ=ЗНАЧЕНИЕ, например conscript=1',
        kk: '--set — ӨРІС=МӘН, мысалы conscript=1',
        en: '--set is FIELD=VALUE, such as conscript=1',
      });
    constants[field] = value;
  }
  const parsed = parseColumnMapping(JSON.stringify({ columns: {}, constants }));
  if (parsed.problem !== undefined)
    throw new UsageError({
      ru: '--set: такого поля нет; список полей выводит --help',
      kk: '--set: мұндай өріс жоқ; өрістер тізімін --help көрсетеді',
      en: '--set names a field that there is not: --help lists them',
    });
  return parsed.mapping.constants ?? {};
}
