import { useEffect } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { Answer, LifeView, PanelBridge } from "../../preload/contract.ts";

interface Props {
  readonly life: LifeView;
  readonly bridge: PanelBridge;
  /** Says what came of it. */
  readonly after: (answer: Promise<Answer<null>>) => void;
}

/** Whether Doorbell starts with the desktop, and a ring to try it out. */
export function LifeSettings({ life, bridge, after }: Props) {
  const { startAtLogin, testRing } = life;
  const words = texts.life;
  // What the system starts may have changed outside.
  useEffect(() => void bridge.settingsShown(), []);
  return (
    <section class="card padded form" aria-label={words.computer}>
      {startAtLogin.possible && (
        <label class="check">
          <input
            type="checkbox"
            checked={startAtLogin.on}
            onChange={(event) => {
              const box = event.currentTarget;
              const answer = bridge.startAtLogin(box.checked);
              // It goes on showing what the system does.
              void answer.then((receipt) => {
                if (!receipt.ok) box.checked = startAtLogin.on;
              });
              after(answer);
            }}
          />
          <span>{words.startAtLogin}</span>
          <span class="hint">{words.startAtLoginHint}</span>
        </label>
      )}
      <div class="field">
        <button
          type="button"
          class="button"
          aria-describedby="test-ring-words"
          onClick={() => after(bridge.testRing())}
        >
          {words.testRing}
        </button>
        <span class="hint" id="test-ring-words" role="status">
          {testRing.words || words.testRingHint}
        </span>
      </div>
    </section>
  );
}
