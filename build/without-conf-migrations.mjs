/** In the place of semver, which conf bundles to compare versions when what it keeps is migrated. No store of ours is. */
export default new Proxy(
  {},
  {
    get: () => {
      throw new Error("A store with migrations needs semver, which is not bundled.");
    },
  },
);
