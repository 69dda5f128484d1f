/** Lets the parent process time the operations, a few milliseconds at a time. Answers with the time of every call. */
export function serve(operations) {
  process.on('message', async ({ operation, ms }) => {
    const run = operations[operation];
    const calls = [];
    for (let left = ms; left > 0; left -= calls.at(-1)) {
      const started = performance.now();
      await run();
      calls.push(performance.now() - started);
    }
    process.send(calls);
  });
  process.send(Object.keys(operations));
}
