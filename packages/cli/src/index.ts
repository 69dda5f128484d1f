// For users.

export { exitCodes } from './exit-code.ts';
export { type MainOptions, main } from './main.ts';
