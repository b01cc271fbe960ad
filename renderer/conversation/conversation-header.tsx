import type { ConversationBridge, ConversationView } from "../../preload/contract.ts";
import { Avatar } from "../shared/avatar.tsx";
import { callerName } from "../shared/labels.ts";
import type { Attempt } from "./attempt.ts";

interface Props {
  readonly conversation: ConversationView;
  readonly bridge: ConversationBridge;
  readonly attempt: Attempt;
}

/** With whom, how it stands, and the way out. */
export function ConversationHeader({ conversation, bridge, attempt }: Props) {
  const { id, kind, title, partner, people, ended, joinLink } = conversation;
  const only = people.length === 1 ? people[0] : undefined;
  const isGroup = kind === "meeting" || people.length > 1;
  const about = aboutLine(conversation, isGroup);
  return (
    <header class="about-it">
      <div class="top">
        <Avatar caller={only?.caller ?? partner} />
        <div class="status">
          <h1 tabIndex={-1} title={title}>
            <bdi>{title}</bdi>
          </h1>
          {about !== "" && (
            <p class="address" title={about}>
              <bdi>{about}</bdi>
            </p>
          )}
        </div>
        {ended ? (
          <button type="button" class="button" onClick={() => attempt(bridge.close(id))}>
            Close
          </button>
        ) : (
          <button type="button" class="button decline" onClick={() => attempt(bridge.leave(id))}>
            Leave
          </button>
        )}
      </div>
      {!isGroup && partner.external && (
        <p class="more">
          <span class="tag">Outside your organisation</span>
        </p>
      )}
      {isGroup && people.length > 0 && (
        <details class="more">
          <summary>{people.length === 1 ? "1 other is here" : `${people.length} others are here`}</summary>
          <ul class="people">
            {people.map(({ id: person, caller }) => (
              <li key={person} title={caller.address}>
                <Avatar caller={caller} />
                <bdi>{callerName(caller)}</bdi>
                {caller.external && <span class="tag">External</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {joinLink !== "" && (
        <div class="more join" role="group" aria-label="Join with sound and picture">
          <span class="hint">For sound and picture, join with another program or device:</span>
          <span class="origin">{joinLink}</span>
          <button
            type="button"
            class="plain"
            onClick={() => attempt(bridge.copyJoinLink(id), "Link copied.")}
          >
            Copy link
          </button>
          <button type="button" class="plain" onClick={() => attempt(bridge.openJoinLink(id))}>
            Open link
          </button>
        </div>
      )}
    </header>
  );
}

function aboutLine({ status, subject, title, partner, kind }: ConversationView, isGroup: boolean): string {
  if (status !== "") return status;
  if (subject !== "" && subject !== title) return subject;
  if (kind === "meeting") return `Meeting of ${callerName(partner)}`;
  return isGroup || partner.address === title ? "" : partner.address;
}
