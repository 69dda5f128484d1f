import { checkPdf, explainPdfFinding } from '@egov-gateway/ekdo';

import type { Command, CommandContext } from '../command.ts';
import {
  type CheckedFile,
  fileTable,
  findingLines,
  leftOutLine,
  limitLine,
  unreadable,
} from '../ekdo/finding-lines.ts';
import { pdfFiles, readPdf } from '../ekdo/pdf-files.ts';
import { exitCodes } from '../exit-code.ts';
import { portalLanguages } from '../language.ts';
import { readLanguage } from '../language-option.ts';
import { choiceOption, switchOption } from '../option-values.ts';
import { printable } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** `egw ekdo check FILE…|FOLDER` */
export const ekdoCheck: Command = {
  usage: 'ekdo check FILE…|FOLDER… [--wanted A|B] [--language L] [--json]',
  summary:
    'Checks whether PDF files look like the PDF/A-1 that «Работа России» takes, up to 15 Мб: what is wrong and what to do about\n' +
    'it. Ends with 1 when a file may not be sent. Nothing is sent.',
  help: [
    '--wanted LEVEL        A (default, as order 578н wants for main parts) or B: which conformance gives no warning',
    '--language L          ru or en; by default that of the system',
    '--json                one JSON object on stdout, findings in both languages',
  ],
  languages: portalLanguages,
  options: {
    wanted: { type: 'string' },
    language: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(values, positionals, context) {
    if (positionals.length === 0) {
      throw new UsageError({
        ru: 'ekdo check: нужны файлы или папки',
        kk: 'ekdo check: файлдар немесе бумалар керек',
        en: 'ekdo check takes files or folders',
      });
    }
    const language = readLanguage(values, context, portalLanguages);
    const wantedConformance = choiceOption(values, 'wanted', ['A', 'B']) ?? 'A';
    const files: CheckedFile[] = [];
    const named = await pdfFiles(positionals);
    for (const path of named.files) {
      if (context.signal.aborted) throw context.signal.reason;
      context.console.status(`${files.length} …`);
      files.push(await checkFile(path, { wantedConformance }, context));
    }
    const { console } = context;
    if (named.leftOut > 0) console.note(leftOutLine(named.leftOut, language));
    if (switchOption(values, 'json')) console.json({ files: files.map(reportFile) });
    else {
      if (files.length > 1) for (const line of fileTable(files, language)) console.line(line);
      for (const file of files) {
        if (files.length > 1 && file.findings.length === 0) continue;
        console.line(`${files.length > 1 ? '\n' : ''}${printable(file.path)}`);
        for (const line of findingLines(file, language)) console.line(line);
      }
      console.note(limitLine(language));
    }
    return files.every(({ uploadable }) => uploadable) ? exitCodes.done : exitCodes.negative;
  },
};

async function checkFile(
  path: string,
  options: { readonly wantedConformance: 'A' | 'B' },
  context: CommandContext,
): Promise<CheckedFile> {
  const read = await readPdf(path, context).catch((error: unknown) => {
    if (error instanceof UsageError) return undefined;
    throw error;
  });
  if (read === undefined) {
    return { path, byteLength: 0, claim: undefined, findings: [unreadable], uploadable: false };
  }
  const { byteLength, bytes } = read;
  if (bytes === undefined) {
    const tooBig = { ...explainPdfFinding('too-big'), object: undefined };
    return { path, byteLength, claim: undefined, findings: [tooBig], uploadable: false };
  }
  const { claim, findings, uploadable } = checkPdf(bytes, options);
  return { path, byteLength, claim, findings, uploadable };
}

function reportFile({ path, byteLength, claim, findings, uploadable }: CheckedFile): object {
  return {
    path,
    uploadable,
    byteLength,
    claim: claim ?? null,
    findings: findings.map(({ code, severity, clause, object, message, remedy }) => ({
      code,
      severity,
      clause: clause ?? null,
      object: object ?? null,
      message,
      remedy,
    })),
  };
}
