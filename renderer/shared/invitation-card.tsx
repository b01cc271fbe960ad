import { useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { Answer, InvitationView } from "../../preload/contract.ts";
import { Avatar } from "./avatar.tsx";
import { CloseIcon, QuietIcon, WarningIcon } from "./icons.tsx";
import { callerName } from "./labels.ts";
import { durationLabel, useNow } from "./time.ts";

export interface Answers {
  accept(id: string): Promise<Answer<null>>;
  decline(id: string): Promise<Answer<null>>;
}

interface Props {
  readonly invitation: InvitationView;
  readonly answers: Answers;
  /** Takes it off this surface without an answer; left out where it stays. */
  readonly dismiss?: (id: string) => void;
}

/** One invitation that rings: who, about what, and the two answers. */
export function InvitationCard({ invitation, answers, dismiss }: Props) {
  const { id, caller, request, subject, firstLine, meeting, silence } = invitation;
  const { answering, canAccept, canDecline } = invitation;
  // What happens to it is told by the window that told of it; what was refused here is told here.
  const says = (role: "alert" | "status") => (invitation.announced ? { role } : {});
  const [refusal, setRefusal] = useState("");
  const name = callerName(caller);
  const words = texts.cards;
  const give = (answer: Promise<Answer<null>>): void => {
    setRefusal("");
    void answer.then((receipt) =>
      setRefusal(receipt.ok || answeredMeanwhile(receipt.error.code) ? "" : receipt.error.message),
    );
  };
  const problem = invitation.problem || refusal;
  return (
    <article
      class={`invitation${invitation.urgent ? " urgent" : ""}`}
      aria-label={words.request(name, request)}
    >
      <Avatar caller={caller} />
      <div class="who">
        <h2 class="name">
          <bdi>{name}</bdi>
        </h2>
        <p class="about asked">
          <span>{request}</span>
          <Seconds since={invitation.receivedAt} />
        </p>
        {caller.address !== "" && caller.address !== name && (
          <p class="about" title={caller.address}>
            {caller.address}
          </p>
        )}
        {invitation.route.map((way) => (
          <p key={way} class="about" title={way}>
            <bdi>{way}</bdi>
          </p>
        ))}
        {(caller.external || invitation.urgent) && (
          <p>
            {invitation.urgent && <span class="tag">{words.urgent}</span>}{" "}
            {caller.external && <span class="tag">{words.outside}</span>}
          </p>
        )}
      </div>
      {dismiss && (
        <button
          type="button"
          class="icon-button"
          aria-label={words.hideName(name)}
          title={words.hide}
          onClick={() => dismiss(id)}
        >
          <CloseIcon />
        </button>
      )}
      {[subject, firstLine, meeting, silence, problem].some((text) => text !== "") && (
        <div class="what">
          {subject !== "" && (
            <p class="subject">
              <bdi>{subject}</bdi>
            </p>
          )}
          {firstLine !== "" && firstLine !== subject && (
            <p class="line">
              <bdi>{firstLine}</bdi>
            </p>
          )}
          {meeting !== "" && <p class="line">{meeting}</p>}
          {silence !== "" && (
            <p class="silence">
              <QuietIcon size={16} />
              <span>{silence}</span>
            </p>
          )}
          {problem !== "" && (
            <p class="problem" {...(refusal === "" ? says("alert") : { role: "alert" })}>
              <WarningIcon />
              <span>{problem}</span>
            </p>
          )}
        </div>
      )}
      {answering === null ? (
        <div class="answers">
          {canAccept && (
            <button
              type="button"
              class="button accept"
              aria-label={words.acceptName(name)}
              onClick={() => give(answers.accept(id))}
            >
              {words.accept}
            </button>
          )}
          {canDecline && (
            <button
              type="button"
              class="button decline"
              aria-label={words.declineName(name)}
              onClick={() => give(answers.decline(id))}
            >
              {words.decline}
            </button>
          )}
          {!canAccept && !canDecline && <p class="about">{words.answerElsewhere}</p>}
        </div>
      ) : (
        <p class="under-way" {...says("status")}>
          <span class="spinner" />
          {answering}
        </p>
      )}
    </article>
  );
}

/** For how long it has rung: for the eye alone, since a screen reader would tell every second. */
function Seconds({ since }: { readonly since: number }) {
  const now = useNow(1000);
  const elapsed = Math.floor((now - since) / 1000) * 1000;
  return (
    <span class="seconds" aria-hidden="true">
      {durationLabel(elapsed, "narrow")}
    </span>
  );
}

/** Somebody was quicker at another surface: the state tells the rest. */
function answeredMeanwhile(code: string): boolean {
  return code === "alreadyAnswering" || code === "alreadyEnded" || code === "unknownInvitation";
}
