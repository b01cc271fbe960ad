import { useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { HistoryView, PanelBridge } from "../../preload/contract.ts";
import { durationLabel, exactTime } from "../shared/time.ts";
import type { Draft } from "./compose.tsx";

interface Props {
  readonly entry: HistoryView;
  readonly bridge: Pick<PanelBridge, "copyAddress">;
  readonly compose: (draft: Draft) => void;
}

/** Everything that is known of one that is over, and what can be done with it. */
export function HistoryDetail({ entry, bridge, compose }: Props) {
  const { id, caller, kind, subject, canCall, shown, silence, receivedAt, endedAt } = entry;
  const [said, setSaid] = useState("");
  const rang = endedAt - receivedAt;
  const { cards, history: words } = texts;
  const facts: ReadonlyArray<readonly [string, string]> = [
    [words.facts.name, caller.name],
    [words.facts.address, caller.address],
    [cards.subject, subject],
    [words.facts.kind, words.kinds[kind]],
    [words.facts.began, exactTime(receivedAt)],
    [words.facts.rangFor, rang < 0 ? "" : durationLabel(rang, "long")],
    [words.facts.ended, exactTime(endedAt)],
    [words.facts.shown, shown],
    [words.facts.sound, silence],
  ];
  return (
    <div class="detail">
      <dl>
        {facts
          .filter(([, value]) => value !== "")
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
      </dl>
      <div class="actions">
        {canCall && (
          <button
            type="button"
            class="button"
            onClick={() => compose({ to: caller.address, subject, message: "" })}
          >
            {cards.callBack}
          </button>
        )}
        {caller.address !== "" && (
          <button
            type="button"
            class="button"
            onClick={() =>
              void bridge
                .copyAddress(id)
                .then((answer) => setSaid(answer.ok ? words.addressCopied : answer.error.message))
            }
          >
            {words.copyAddress}
          </button>
        )}
        <span class="hint" role="status">
          {said}
        </span>
      </div>
    </div>
  );
}
