// For users.

export type { ConsoleStreams } from './console.ts';
export { exitCodes } from './exit-code.ts';
export { type MainOptions, main } from './main.ts';
