import { useEffect } from "preact/hooks";

import type { HistoryView, PanelBridge } from "../../preload/contract.ts";
import { Avatar } from "../shared/avatar.tsx";
import { ChatIcon } from "../shared/icons.tsx";
import { shortTime, useNow, wholeTime } from "../shared/time.ts";
import { callerName } from "../shared/labels.ts";
import type { Draft } from "./compose.tsx";

interface Props {
  readonly history: readonly HistoryView[];
  readonly bridge: PanelBridge;
  readonly compose: (draft: Draft) => void;
}

/** News stay marked for so long after they came into view, in milliseconds. */
const SEEN_AFTER_MS = 2_500;

/** What is over, the newest on top. Being looked at for a moment makes the missed ones no news any more. */
export function History({ history, bridge, compose }: Props) {
  const now = useNow(20_000);
  const news = history.find((entry) => entry.news)?.id ?? null;
  useSeen(news, bridge);
  return (
    <section aria-labelledby="history">
      <div class="heading">
        <h2 id="history">Recent</h2>
        <button type="button" class="plain" onClick={() => void bridge.clearHistory()}>
          Clear
        </button>
      </div>
      <ul class="card history">
        {history.map((entry) => (
          <Entry key={entry.id} entry={entry} now={now} compose={compose} />
        ))}
      </ul>
    </section>
  );
}

interface EntryProps {
  readonly entry: HistoryView;
  readonly now: number;
  readonly compose: (draft: Draft) => void;
}

function Entry({ entry, now, compose }: EntryProps) {
  const { caller, subject, missed, words, endedAt, news } = entry;
  const name = callerName(caller);
  return (
    <li class={`${missed ? "missed" : ""}${news ? " news" : ""}`}>
      <Avatar caller={caller} />
      <div class="who-what">
        <p class="name" title={caller.address === "" ? name : `${name} (${caller.address})`}>
          <bdi>{name}</bdi>
        </p>
        {subject !== "" && (
          <p class="subject" title={subject}>
            <bdi>{subject}</bdi>
          </p>
        )}
        <p class="end">{words}</p>
      </div>
      <time dateTime={new Date(endedAt).toISOString()} title={wholeTime(endedAt)}>
        {shortTime(endedAt, now)}
      </time>
      {entry.canCall && (
        <button
          type="button"
          class="icon-button"
          aria-label={`Call ${name} back`}
          title="Call back"
          onClick={() => compose({ to: caller.address, subject, message: "" })}
        >
          <ChatIcon />
        </button>
      )}
    </li>
  );
}

/**
 * Hidden windows look at nothing: the time counts only while the page is visible and has the focus. `news` is the id of
 * the newest, null when there are none: each is there for its whole time.
 */
function useSeen(news: string | null, bridge: PanelBridge): void {
  useEffect(() => {
    if (news === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === "visible" && document.hasFocus())
        timer = setTimeout(() => void bridge.historySeen(), SEEN_AFTER_MS);
    };
    look();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
    window.addEventListener("blur", look);
    const unsubscribe = bridge.onPlaced(look);
    return () => {
      clearTimeout(timer);
      unsubscribe();
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("focus", look);
      window.removeEventListener("blur", look);
    };
  }, [news, bridge]);
}
