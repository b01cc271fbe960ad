import { started } from "../../../testing/invitation-events.ts";
import { rig } from "../../../testing/rig.ts";

/** A rig with one ringing invitation. */
export function ringing() {
  const made = rig();
  made.doorbell.received([started()]);
  return { ...made, id: made.only().id };
}

/** Why an answer was refused, or null. */
export async function refusalOf(receipt: ReturnType<ReturnType<typeof ringing>["doorbell"]["accept"]>) {
  const value = await receipt;
  return value.ok ? null : value.error.code;
}
