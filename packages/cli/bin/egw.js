#!/usr/bin/env node
import { main } from '../dist/main.js';

// Who reads on may have heard enough: egw … | head.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2));
