// Loaded into the client before its own code: on a word of the test it collects all garbage and tells the heap that is
// left. The program itself knows nothing of it.
const { memoryUsage } = process;

process.on("message", () => {
  // What a finished request still holds is let go in the next turns of the event loop.
  setImmediate(() =>
    setImmediate(() => {
      globalThis.gc({ type: "major", execution: "sync", flavor: "last-resort" });
      process.send({ heapBytes: memoryUsage().heapUsed });
    }),
  );
});
// Waiting for the test is no reason to stay.
process.channel.unref();
