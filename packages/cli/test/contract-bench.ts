/** An emulated ЕСУТД over HTTP, folders of tables, and command lines of labour contracts that know both. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createEmulator, type Emulator } from '@egov-gateway/emulator';
import { type CommandLineInput, type CommandLineOutcome, runCommandLine } from '@egov-gateway/testing';

import { main } from '../src/main.ts';

const titles = 'ИИН;№ договора;Дата договора;Дата начала;Должность (НКЗ);Штатная должность;Воинский учёт';
const bin = fileURLToPath(new URL('../bin/egw.js', import.meta.url));

/** A table of contracts with these numbers. */
export function contractTable(numbers: readonly string[], iin = '001300900011'): string {
  const rows = numbers.map((number) => `${iin};${number};12.01.2026;13.01.2026;2511-1-002;Бағдарламашы;1`);
  return [titles, ...rows].join('\n');
}

/** What tests of batches over the asynchronous channel work with. */
export class ContractBench {
  readonly emulator: Emulator;
  readonly #root: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #effects: { on: () => void };
  #count = 0;

  private constructor(
    emulator: Emulator,
    root: string,
    environment: Readonly<Record<string, string>>,
    effects: { on: () => void },
  ) {
    this.emulator = emulator;
    this.#root = root;
    this.#environment = environment;
    this.#effects = effects;
  }

  static async open(): Promise<ContractBench> {
    const root = await mkdtemp(join(tmpdir(), 'egw-contracts-'));
    const effects = { on: (): void => {} };
    const emulator = await createEmulator({
      laborContracts: { deadlines: 'ignore' },
      async: {
        dedupe: 'message-id',
        statusNotifications: false,
        pullAmount: 50,
        onEffect: () => effects.on(),
      },
    });
    const server = await emulator.listen();
    const { testSystem } = emulator;
    await writeFile(join(root, 'test.p12'), testSystem.pkcs12);
    await writeFile(join(root, 'gateway.pem'), emulator.gatewayCertificatePem);
    const environment = {
      EGW_ASYNC_ENDPOINT: server.asyncUrl.href,
      EGW_SENDER_ID: testSystem.senderId,
      EGW_SENDER_PASSWORD: testSystem.password,
      EGW_KEY: join(root, 'test.p12'),
      EGW_KEY_PASSWORD: testSystem.pkcs12Password,
      EGW_TRUST: join(root, 'gateway.pem'),
      EGW_ALLOW_INSECURE_HTTP: 'true',
      EGW_SERVICE_ID: emulator.laborContracts.serviceId,
      EGW_EMPLOYER_KEY: join(root, 'test.p12'),
      EGW_EMPLOYER_PASSWORD: testSystem.pkcs12Password,
    };
    return new ContractBench(emulator, root, environment, effects);
  }

  async close(): Promise<void> {
    await this.emulator.close();
    await rm(this.#root, { recursive: true, force: true });
  }

  /** Another folder with another journal, and a gateway that behaves: for each test. */
  async fresh(): Promise<void> {
    this.emulator.behave();
    this.emulator.laborContracts.behave();
    this.#effects.on = () => {};
    this.#count += 1;
    await mkdir(this.#folder);
  }

  /** Called with every message that the gateway takes. */
  onTaken(listener: () => void): void {
    this.#effects.on = listener;
  }

  get #folder(): string {
    return join(this.#root, String(this.#count));
  }

  get environment(): Record<string, string> {
    return { ...this.#environment, EGW_JOURNAL: join(this.#folder, 'contracts.journal') };
  }

  async table(content: string): Promise<string> {
    const path = join(this.#folder, 'hr.csv');
    await writeFile(path, content);
    return path;
  }

  egw(args: readonly string[], input: CommandLineInput = {}): Promise<CommandLineOutcome> {
    return runCommandLine(main, args, {
      ...input,
      environment: { ...this.environment, ...input.environment },
    });
  }

  /** `egw labor-contracts register`, over the asynchronous channel. */
  register(
    path: string,
    options: readonly string[] = [],
    input: CommandLineInput = {},
  ): Promise<CommandLineOutcome> {
    return this.egw(['labor-contracts', 'register', path, ...asyncOptions, ...options], input);
  }

  /** The same in a process of its own, which runs the build; resolves with the signal or exit code that ends it. */
  spawn(path: string, options: readonly string[]): { child: ChildProcess; ended: Promise<string | number> } {
    const args = [bin, 'labor-contracts', 'register', path, ...asyncOptions, ...options];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...this.environment },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit').then(([code, signal]): string | number => signal ?? code);
    return { child, ended };
  }

  /** Row, key, state, id and code of every line of the results. */
  async results(path: string): Promise<string[]> {
    const lines = (await readFile(`${path}.results.csv`, 'utf8')).trimEnd().split('\r\n').slice(1);
    return lines.map((line) => {
      const [row, , key, state, , , code] = line.split(';');
      return [row, key?.replace(/^\d+:/, ''), state, code].join(' ').trim();
    });
  }

  /** Numbers of the contracts that are registered, of those that begin so. */
  registered(prefix: string): string[] {
    const numbers = this.emulator.laborContracts.contracts.map(({ contractNumber }) => contractNumber);
    return numbers.filter((number) => number.startsWith(prefix)).sort();
  }
}

const asyncOptions = ['--async', '--poll-interval-ms', '30', '--ask-after-ms', '50'];
