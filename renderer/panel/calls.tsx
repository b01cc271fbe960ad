import { useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { CallView, PanelBridge } from "../../preload/contract.ts";
import { Avatar } from "../shared/avatar.tsx";
import { CloseIcon, WarningIcon } from "../shared/icons.tsx";
import { callerName } from "../shared/labels.ts";
import { durationLabel, useNow } from "../shared/time.ts";
import type { Draft } from "./compose.tsx";

interface Props {
  readonly calls: readonly CallView[];
  readonly bridge: PanelBridge;
  readonly compose: (draft: Draft) => void;
}

/** The person's own calls: how each stands, for how long, and how the last one ended. */
export function Calls({ calls, bridge, compose }: Props) {
  return (
    <section aria-label={texts.panel.calls}>
      <ul class="calls">
        {calls.map((call) => (
          <li key={call.id}>
            <Call call={call} bridge={bridge} compose={compose} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Call({ call, bridge, compose }: { readonly call: CallView } & Omit<Props, "calls">) {
  const { id, callee, subject, words, canCancel, since, endedAt } = call;
  const now = useNow(1000);
  const [refusal, setRefusal] = useState("");
  const name = callerName(callee);
  const { cards, panel } = texts;
  const problem = call.problem || refusal;
  const elapsed = Math.floor((now - since) / 1000) * 1000;
  const cancel = (): void => {
    setRefusal("");
    void bridge.cancelCall(id).then((answer) => setRefusal(answer.ok ? "" : answer.error.message));
  };
  return (
    <article class={`card call${endedAt === null ? "" : " over"}`} aria-label={panel.callTo(name)}>
      <Avatar caller={callee} />
      <div class="who-what">
        <h2 class="name">
          <bdi>{name}</bdi>
        </h2>
        {subject !== "" && (
          <p class="subject" title={subject}>
            <bdi>{subject}</bdi>
          </p>
        )}
        <p class="end">
          <span role="status">{words}</span>
          {endedAt === null && <span class="seconds"> {durationLabel(elapsed, "narrow")}</span>}
        </p>
        {problem !== "" && endedAt === null && (
          <p class="problem" role="alert">
            <WarningIcon />
            <span>{problem}</span>
          </p>
        )}
      </div>
      {endedAt === null ? (
        <button
          type="button"
          class="button decline"
          aria-label={panel.cancelCall(name)}
          disabled={!canCancel}
          onClick={cancel}
        >
          {cards.cancel}
        </button>
      ) : (
        <div class="buttons">
          <button
            type="button"
            class="button"
            aria-label={panel.callNameAgain(name)}
            onClick={() => compose({ to: callee.address, subject, message: "" })}
          >
            {panel.callAgain}
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label={panel.closeCall(name)}
            title={cards.close}
            onClick={() => void bridge.closeCall(id)}
          >
            <CloseIcon />
          </button>
        </div>
      )}
    </article>
  );
}
