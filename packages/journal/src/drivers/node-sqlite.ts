import type { RawDatabaseClass } from './raw-database.ts';

/**
 * `DatabaseSync` of `node:sqlite`.
 *
 * Some versions of Node.js warn, once and while the module is loaded, that it is experimental. Loading is synchronous, so
 * that exactly this warning, in exactly this call, can be left out; every other one passes.
 *
 * @throws when this Node.js has no `node:sqlite`
 */
export function loadNodeSqlite(): RawDatabaseClass {
  const { emitWarning } = process;
  process.emitWarning = (...warning: unknown[]) => {
    const [text, type] = warning;
    if (type === 'ExperimentalWarning' && /^SQLite\b/.test(String(text))) return;
    Reflect.apply(emitWarning, process, warning);
  };
  try {
    const module = process.getBuiltinModule('node:sqlite') as
      | { readonly DatabaseSync?: RawDatabaseClass }
      | undefined;
    if (module?.DatabaseSync === undefined) throw new Error('this Node.js has no node:sqlite');
    return module.DatabaseSync;
  } finally {
    process.emitWarning = emitWarning;
  }
}
