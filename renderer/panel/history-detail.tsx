import { useState } from "preact/hooks";

import type { HistoryView, InvitationKindView, PanelBridge } from "../../preload/contract.ts";
import { durationLabel, exactTime } from "../shared/time.ts";
import type { Draft } from "./compose.tsx";

interface Props {
  readonly entry: HistoryView;
  readonly bridge: Pick<PanelBridge, "copyAddress">;
  readonly compose: (draft: Draft) => void;
}

const KINDS: Readonly<Record<InvitationKindView, string>> = {
  messaging: "Conversation",
  onlineMeeting: "Meeting",
  phoneAudio: "Phone call",
  audioVideo: "Audio or video call",
  participant: "Conversation with others",
  other: "Something Doorbell doesn't know",
};

/** Everything that is known of one that is over, and what can be done with it. */
export function HistoryDetail({ entry, bridge, compose }: Props) {
  const { id, caller, kind, subject, canCall, shown, silence, receivedAt, endedAt } = entry;
  const [said, setSaid] = useState("");
  const rang = endedAt - receivedAt;
  const facts: ReadonlyArray<readonly [string, string]> = [
    ["Name", caller.name],
    ["Address", caller.address],
    ["Subject", subject],
    ["Kind", KINDS[kind]],
    ["Began", exactTime(receivedAt)],
    ["Rang for", rang < 0 ? "" : durationLabel(rang, "long")],
    ["Ended", exactTime(endedAt)],
    ["Shown", shown],
    ["Sound", silence],
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
            Call back
          </button>
        )}
        {caller.address !== "" && (
          <button
            type="button"
            class="button"
            onClick={() =>
              void bridge
                .copyAddress(id)
                .then((answer) => setSaid(answer.ok ? "Address copied." : answer.error.message))
            }
          >
            Copy address
          </button>
        )}
        <span class="hint" role="status">
          {said}
        </span>
      </div>
    </div>
  );
}
