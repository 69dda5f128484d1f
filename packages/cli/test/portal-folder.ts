/** A folder of documents beside an emulated portal, and command lines that know both. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createEkdoPortal, type EkdoPortal } from '@egov-gateway/emulator';
import { type CommandLineInput, type CommandLineOutcome, runCommandLine } from '@egov-gateway/testing';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';

import { main } from '../src/main.ts';

const header = 'Файл;ФИО работника;Подтип;№ документа;Дата документа;Ключ';
/** The employee of every document. Nobody has this name. */
export const employee = 'Тестова Тест Тестовна';

/** What tests of `egw ekdo` work with. */
export class PortalFolder {
  readonly root: string;
  readonly portal: EkdoPortal;
  readonly #url: string;

  private constructor(root: string, portal: EkdoPortal, url: string) {
    this.root = root;
    this.portal = portal;
    this.#url = url;
  }

  static async open(): Promise<PortalFolder> {
    const root = await mkdtemp(join(tmpdir(), 'egw-ekdo-'));
    await mkdir(join(root, 'folder'));
    const portal = createEkdoPortal();
    const { url } = await portal.listen();
    await writeFile(join(root, 'credentials.json'), JSON.stringify(portal.connection().credentials));
    return new PortalFolder(root, portal, url.href);
  }

  async close(): Promise<void> {
    await this.portal.close();
    await rm(this.root, { recursive: true, force: true });
  }

  /** Where the documents lie. */
  get documents(): string {
    return join(this.root, 'folder');
  }

  file(name: string): string {
    return join(this.root, name);
  }

  async write(name: string, content: string | Uint8Array): Promise<string> {
    const path = this.file(name);
    await writeFile(path, content);
    return path;
  }

  /** A PDF/A-1a with this title; its signature beside it unless there is to be none. */
  async document(
    name: string,
    {
      signature = '.sig',
      bytes = makeSamplePdf({ conformance: 'A', title: name }),
    }: {
      readonly signature?: '.sig' | '.p7s' | 'none';
      readonly bytes?: Uint8Array;
    } = {},
  ): Promise<Uint8Array> {
    await this.write(`folder/${name}`, bytes);
    const signed = await this.portal.signDetached('unep')(bytes);
    if (signature !== 'none') await this.write(`folder/${name}${signature}`, signed.cms);
    return bytes;
  }

  /** Documents `1.pdf` and so on, each with its signature, and their list. */
  async documentsAndList(...names: readonly string[]): Promise<string> {
    for (const name of names) await this.document(`${name}.pdf`);
    return this.list(...names.map((name) => this.row(name)));
  }

  /** A line of the list. Its key is `k-NAME`. */
  row(name: string, date = '02.11.2026'): string {
    return `${name}.pdf;${employee};Приказ;${name}/к;${date};k-${name}`;
  }

  list(...rows: readonly string[]): Promise<string> {
    return this.write('list.csv', [header, ...rows].join('\n'));
  }

  get environment(): Record<string, string> {
    return {
      EGW_PORTAL_URL: this.#url,
      EGW_PORTAL_CREDENTIALS: this.file('credentials.json'),
      EGW_ALLOW_INSECURE_HTTP: 'true',
      EGW_JOURNAL: this.file('journal.db'),
    };
  }

  egw(args: readonly string[], input: CommandLineInput = {}): Promise<CommandLineOutcome> {
    return runCommandLine(main, ['ekdo', ...args], { environment: this.environment, ...input });
  }

  /** `egw ekdo send` of the folder, with the guesses. */
  send(
    list: string,
    options: readonly string[] = [],
    input: CommandLineInput = {},
  ): Promise<CommandLineOutcome> {
    const kind = options.includes('--signature-kind') ? [] : ['--signature-kind', 'unep'];
    const words = [
      'send',
      this.documents,
      '--list',
      list,
      '--unverified-preset',
      'multipart',
      ...kind,
      ...options,
    ];
    return this.egw(words, input);
  }

  /** Row, key, state, id and code of every line of the results. */
  async results(path: string = this.file('list.csv.results.csv')): Promise<string[][]> {
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\r\n').slice(1);
    return lines.map((line) => {
      const [row = '', key = '', state = '', id = '', , code = ''] = line.split(';');
      return [row, key, state, id === '' ? '' : 'id', code];
    });
  }
}
