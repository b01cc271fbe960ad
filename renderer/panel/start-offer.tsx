import { useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { PanelBridge } from "../../preload/contract.ts";

/** Asks once whether Doorbell is to start with the desktop. */
export function StartOffer({ bridge }: { readonly bridge: PanelBridge }) {
  const [problem, setProblem] = useState("");
  const words = texts.life;
  const answer = (wanted: boolean): void => {
    void bridge.startAtLogin(wanted).then((receipt) => setProblem(receipt.ok ? "" : receipt.error.message));
  };
  return (
    <section class="card padded offer" aria-labelledby="start-offer">
      <h2 id="start-offer">{words.startOffer}</h2>
      <p>{words.startOfferHint}</p>
      {problem !== "" && <p role="alert">{problem}</p>}
      <div class="actions">
        <button type="button" class="button" onClick={() => answer(false)}>
          {words.startNotNow}
        </button>
        <button type="button" class="button primary" onClick={() => answer(true)}>
          {words.startYes}
        </button>
      </div>
    </section>
  );
}
