import { useRef, useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { HistoryView, PanelBridge } from "../../preload/contract.ts";
import { Avatar } from "../shared/avatar.tsx";
import { ChatIcon, QuietIcon } from "../shared/icons.tsx";
import { callerName } from "../shared/labels.ts";
import { clockTime, dayLabel, durationLabel, useNow, wholeTime } from "../shared/time.ts";
import type { Draft } from "./compose.tsx";
import { HistoryDetail } from "./history-detail.tsx";
import { historyDays } from "./history-days.ts";
import { useSeenNews } from "./seen-news.ts";

interface Props {
  readonly history: readonly HistoryView[];
  readonly bridge: PanelBridge;
  readonly compose: (draft: Draft) => void;
}

/** What is over, by day, the newest on top. Being looked at for a moment makes the missed ones no news any more. */
export function History({ history, bridge, compose }: Props) {
  const now = useNow(20_000);
  const section = useRef<HTMLElement>(null);
  const news = history.filter((entry) => entry.news).map(({ id }) => id);
  useSeenNews(section, news.join(" "), bridge);
  return (
    <section aria-labelledby="history" ref={section}>
      <div class="heading">
        <h2 id="history">{texts.history.title}</h2>
        <ClearButton clear={() => void bridge.clearHistory()} />
      </div>
      {historyDays(history).map(({ key, at, entries }) => (
        <section key={key} class="day" aria-label={dayLabel(at, now)}>
          <h3>{dayLabel(at, now)}</h3>
          <ul class="card history">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} bridge={bridge} compose={compose} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

/** What is thrown away does not come back, so a second press has to say yes. */
function ClearButton({ clear }: { readonly clear: () => void }) {
  const [asks, setAsks] = useState(false);
  return (
    <button
      type="button"
      class={asks ? "plain decline" : "plain"}
      onClick={() => (asks ? clear() : setAsks(true))}
      onBlur={() => setAsks(false)}
      onKeyDown={({ key }) => {
        if (key === "Escape") setAsks(false);
      }}
    >
      {asks ? texts.history.clearAsked : texts.history.clear}
    </button>
  );
}

interface EntryProps {
  readonly entry: HistoryView;
  readonly bridge: PanelBridge;
  readonly compose: (draft: Draft) => void;
}

function Entry({ entry, bridge, compose }: EntryProps) {
  const { caller, subject, missed, words, silence, receivedAt, endedAt, news } = entry;
  const [open, setOpen] = useState(false);
  const name = callerName(caller);
  const rang = endedAt - receivedAt;
  return (
    <li class={`${missed ? "missed" : ""}${news ? " news" : ""}`} {...(news && { "data-news": true })}>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <Avatar caller={caller} />
          <span class="who-what">
            <span class="name">
              {news && <span class="said">{texts.history.isNew}</span>}
              <bdi>{name}</bdi>
            </span>
            {subject !== "" && (
              <span class="subject">
                <bdi>{subject}</bdi>
              </span>
            )}
            <span class="end">{words}</span>
            {silence !== "" && (
              <span class="silence">
                <QuietIcon size={14} />
                <span>{silence}</span>
              </span>
            )}
          </span>
          <span class="when">
            <time dateTime={new Date(endedAt).toISOString()} title={wholeTime(endedAt)}>
              {clockTime(endedAt)}
            </time>
            {rang >= 0 && (
              <>
                <span aria-hidden="true">{durationLabel(rang, "narrow")}</span>
                <span class="said">{texts.history.rangFor(durationLabel(rang, "long"))}</span>
              </>
            )}
          </span>
        </summary>
        {open && <HistoryDetail entry={entry} bridge={bridge} compose={compose} />}
      </details>
      {entry.canCall && (
        <button
          type="button"
          class="icon-button"
          aria-label={texts.history.callBackName(name)}
          title={texts.cards.callBack}
          onClick={() => compose({ to: caller.address, subject, message: "" })}
        >
          <ChatIcon />
        </button>
      )}
    </li>
  );
}
