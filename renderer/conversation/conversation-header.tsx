import { texts } from "../../locales/page-texts.ts";
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
  const { cards, conversation: words } = texts;
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
            {cards.close}
          </button>
        ) : (
          <button type="button" class="button decline" onClick={() => attempt(bridge.leave(id))}>
            {words.leave}
          </button>
        )}
      </div>
      {!isGroup && partner.external && (
        <p class="more">
          <span class="tag">{cards.outside}</span>
        </p>
      )}
      {isGroup && people.length > 0 && (
        <details class="more">
          <summary>{words.othersHere(people.length)}</summary>
          <ul class="people">
            {people.map(({ id: person, caller }) => (
              <li key={person} title={caller.address}>
                <Avatar caller={caller} />
                <bdi>{callerName(caller)}</bdi>
                {caller.external && <span class="tag">{words.external}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {joinLink !== "" && (
        <div class="more join" role="group" aria-label={words.join}>
          <span class="hint">{words.joinHint}</span>
          <span class="origin">{joinLink}</span>
          <button
            type="button"
            class="plain"
            onClick={() => attempt(bridge.copyJoinLink(id), words.linkCopied)}
          >
            {words.copyLink}
          </button>
          <button type="button" class="plain" onClick={() => attempt(bridge.openJoinLink(id))}>
            {words.openLink}
          </button>
        </div>
      )}
    </header>
  );
}

function aboutLine({ status, subject, title, partner, kind }: ConversationView, isGroup: boolean): string {
  if (status !== "") return status;
  if (subject !== "" && subject !== title) return subject;
  if (kind === "meeting") return texts.conversation.meetingOf(callerName(partner));
  return isGroup || partner.address === title ? "" : partner.address;
}
