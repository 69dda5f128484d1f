import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

const conditions = ['@egov-gateway/source', 'node'];
const setupFile = fileURLToPath(new URL('packages/testing/src/fail-on-console.ts', import.meta.url));
const packages = readdirSync(new URL('packages', import.meta.url)).filter((name) =>
  existsSync(new URL(`packages/${name}/package.json`, import.meta.url)),
);

/** Set-up of their tests has hooks of its own, or changes the process: each file needs its own modules. */
const isolated: ReadonlySet<string> = new Set(['journal']);

/** One project a package; sources are read directly, so tests need no build. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: packages.map((name) => ({
      extends: true,
      test: {
        name,
        root: `./packages/${name}`,
        include: ['src/**/*.test.ts'],
        setupFiles: [setupFile],
        // Modules are loaded once a worker, not once a file: that halves the time of all tests.
        isolate: isolated.has(name),
        // Nothing waits that long; a busy machine with two cores may need it all the same.
        testTimeout: 30_000,
      },
    })),
  },
});
