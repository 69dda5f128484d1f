#!/usr/bin/env node
import { main } from '../dist/main.js';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    // Who reads on may have heard enough: egw … | head. A terminal that was closed takes nothing any more, and the work is
    // ended in order all the same.
    if (error.code !== 'EPIPE' && !(error.code === 'EIO' && stream.isTTY)) throw error;
  });
}

process.exitCode = await main(process.argv.slice(2));
