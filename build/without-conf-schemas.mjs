/**
 * In the place of ajv and ajv-formats, which conf bundles to check a schema of what it keeps: a third of a megabyte to
 * compile at each start. What Doorbell reads is checked by zod (`main/account/settings.ts`), because a value that is
 * wrong must cost that value alone, so no store of ours has a schema.
 */
/** @returns {never} */
export function Ajv2020() {
  throw new Error("A store with a schema needs ajv, which is not bundled.");
}

export default { default: () => undefined };
