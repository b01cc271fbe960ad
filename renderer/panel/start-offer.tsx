import { useState } from "preact/hooks";

import type { PanelBridge } from "../../preload/contract.ts";

/** Asks once whether Doorbell is to start with the desktop. */
export function StartOffer({ bridge }: { readonly bridge: PanelBridge }) {
  const [problem, setProblem] = useState("");
  const answer = (wanted: boolean): void => {
    void bridge.startAtLogin(wanted).then((receipt) => setProblem(receipt.ok ? "" : receipt.error.message));
  };
  return (
    <section class="card padded offer" aria-labelledby="start-offer">
      <h2 id="start-offer">Start Doorbell when you sign in to this computer?</h2>
      <p>So that no call is missed because Doorbell isn't running. You can change this in the settings.</p>
      {problem !== "" && <p role="alert">{problem}</p>}
      <div class="actions">
        <button type="button" class="button" onClick={() => answer(false)}>
          Not now
        </button>
        <button type="button" class="button primary" onClick={() => answer(true)}>
          Yes
        </button>
      </div>
    </section>
  );
}
