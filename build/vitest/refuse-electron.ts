import { registerHooks } from "node:module";

// In every worker of the unit tests. The module `electron` from npm starts a download when it is loaded, also by way
// of another module of npm's, which vitest's alias does not reach.
registerHooks({
  load(url, context, next) {
    if (/\/node_modules\/electron\/.*\.[cm]?js$/.test(url))
      throw new Error("A unit test loads Electron itself. It is for the end-to-end tests.");
    return next(url, context);
  },
});
