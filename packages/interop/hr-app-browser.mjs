/**
 * The HR application of the examples in a process of its own, and Chromium in front of it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { chromiumProgram } from './tools.mjs';

const program = fileURLToPath(new URL('../../examples/dist/hr-app/main.js', import.meta.url));
const startMs = 30_000;

/** Starts the application; it keeps its data in `folder`. */
export async function startHrApp(folder) {
  const child = spawn(process.execPath, [program, '--serve', '--data', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, EGW_ENDPOINT: undefined }, // the emulator, whatever is configured here
  });
  const complaints = [];
  child.stderr.setEncoding('utf8').on('data', (text) => complaints.push(text));
  const exited = once(child, 'exit');
  const [first] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line', { signal: AbortSignal.timeout(startMs) }),
    exited.then(([code]) => {
      throw new Error(`the application ended with ${code}: ${complaints.join('').slice(0, 500)}`);
    }),
  ]);
  return {
    url: first.split(' ')[0],
    close: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Starts Chromium. It resolves no name, and asks nobody in the background. */
export function startChromium() {
  return chromium.launch({
    executablePath: chromiumProgram,
    // Chromium refuses its sandbox to root, who runs containers.
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...process.env, LANGUAGE: 'ru' }, // of date fields, with chromium-l10n
    args: ['--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
  });
}

/**
 * A page in a window of its own, and what it did that it should not have: errors in the console, requests elsewhere,
 * dialogs.
 */
export async function openWindow(browser, url, { width = 1280, height = 900, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'ru', ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const wrong = [];
  page.on('console', (message) => {
    // A form that is shown once more has the status 422, which Chromium calls an error.
    if (message.text().includes('status of 422')) return;
    if (['error', 'warning'].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrong.push(`script: ${error.message}`));
  page.on('dialog', async (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) wrong.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, wrong, close: () => context.close() };
}

/** What a reader makes of an element: its words. */
export async function textOf(locator) {
  return (await locator.textContent()).replace(/\s+/g, ' ').trim();
}
