/** An emulator over HTTP, a folder of files, and command lines that know both. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createEmulator, type Emulator, type EmulatorOptions } from '@egov-gateway/emulator';
import { defineService, textPayload } from '@egov-gateway/payload';
import { type CommandLineInput, type CommandLineOutcome, runCommandLine } from '@egov-gateway/testing';

import { main } from '../src/main.ts';

const service = defineService({ id: 'CONTRACT', request: textPayload(), response: textPayload() });

/** What tests of the asynchronous channel work with. */
export class AsyncBench {
  readonly emulator: Emulator;
  readonly folder: string;
  /** The connection, as variables. */
  readonly environment: Readonly<Record<string, string>>;
  #count = 0;

  private constructor(emulator: Emulator, folder: string, environment: Readonly<Record<string, string>>) {
    this.emulator = emulator;
    this.folder = folder;
    this.environment = environment;
  }

  /** Service `CONTRACT` registers a contract at once, and never answers to the text `никогда`. */
  static async open(options: EmulatorOptions = {}): Promise<AsyncBench> {
    const folder = await mkdtemp(join(tmpdir(), 'egw-test-'));
    const emulator = await createEmulator(options);
    emulator.asyncService(service, (contract) =>
      contract === 'никогда' ? undefined : `зарегистрирован: ${contract}`,
    );
    const server = await emulator.listen();
    const { testSystem } = emulator;
    await writeFile(join(folder, 'test.p12'), testSystem.pkcs12);
    await writeFile(join(folder, 'gateway.pem'), emulator.gatewayCertificatePem);
    await writeFile(join(folder, 'contract.xml'), '<data>договор 17</data>');
    await writeFile(join(folder, 'never.xml'), '<data>никогда</data>');
    return new AsyncBench(emulator, folder, {
      EGW_ASYNC_ENDPOINT: server.asyncUrl.href,
      EGW_SENDER_ID: testSystem.senderId,
      EGW_SENDER_PASSWORD: testSystem.password,
      EGW_KEY: join(folder, 'test.p12'),
      EGW_KEY_PASSWORD: testSystem.pkcs12Password,
      EGW_TRUST: join(folder, 'gateway.pem'),
      EGW_ALLOW_INSECURE_HTTP: 'true',
    });
  }

  async close(): Promise<void> {
    await this.emulator.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Another journal, and a gateway that behaves: for each test. */
  fresh(): void {
    this.emulator.behave();
    this.#count += 1;
  }

  get journal(): string {
    return join(this.folder, `messages-${this.#count}.journal`);
  }

  /** A file of the folder. */
  file(name: string): string {
    return join(this.folder, name);
  }

  egw(
    args: readonly string[],
    { environment, ...input }: CommandLineInput = {},
  ): Promise<CommandLineOutcome> {
    return runCommandLine(main, args, { ...input, environment: { ...this.environment, ...environment } });
  }

  /** With the journal of the test. */
  kept(...args: readonly string[]): Promise<CommandLineOutcome> {
    return this.egw([...args, '--journal', this.journal]);
  }

  /** `egw call async`, kept in the journal of the test. */
  call(...options: readonly string[]): Promise<CommandLineOutcome> {
    const data = this.file('contract.xml');
    return this.kept('call', 'async', 'CONTRACT', '--data', data, '--poll-interval-ms', '30', ...options);
  }

  /** The key of a message that waits to be sent. */
  async queued(): Promise<string> {
    return (await this.call('--no-wait')).stdout.trim();
  }
}
