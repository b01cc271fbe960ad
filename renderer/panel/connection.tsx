import type { PanelBridge, SessionView } from "../../preload/contract.ts";
import { WarningIcon } from "../shared/icons.tsx";
import { secondsUntil, useNow } from "../shared/time.ts";

interface Props {
  readonly session: SessionView;
  readonly bridge: PanelBridge;
}

/** Whether nothing goes on before the person has signed in (again). */
export function isSignInWanted(session: SessionView): boolean {
  return (
    session.name === "signedOut" ||
    (session.name === "attention" && !isQuestion(session) && !isMended(session))
  );
}

/** The server that discovery found is not known: only the person can say whether to go there. */
function isQuestion(session: SessionView): boolean {
  return session.name === "attention" && session.reason === "untrustedServer" && session.origin !== null;
}

/** What is mended outside Doorbell, so that another try is all it takes. */
function isMended(session: SessionView): boolean {
  return (
    session.name === "attention" &&
    (session.reason === "tooManyApplications" || session.reason === "certificate")
  );
}

/** What the connection is doing while it is not simply there. */
export function Connection({ session, bridge }: Props) {
  switch (session.name) {
    case "signedOut":
    case "online":
      return null;
    case "discovering":
      return <Progress title="Looking for the server…" bridge={bridge} />;
    case "authenticating":
      return <Progress title="Signing in…" bridge={bridge} />;
    case "creating":
      return <Progress title="Registering with the server…" bridge={bridge} />;
    case "reconnecting":
      return <Reconnecting session={session} bridge={bridge} />;
    case "attention":
      if (isQuestion(session)) return <TrustQuestion session={session} bridge={bridge} />;
      return isMended(session) ? <Stopped session={session} bridge={bridge} /> : null;
  }
}

function Progress({ title, bridge }: { readonly title: string; readonly bridge: PanelBridge }) {
  return (
    <section class="card padded connection" role="status">
      <span class="spinner" />
      <h2>{title}</h2>
      <div class="actions">
        <button type="button" class="button" onClick={() => void bridge.signOut()}>
          Cancel
        </button>
      </div>
    </section>
  );
}

type In<Name extends SessionView["name"]> = Extract<SessionView, { readonly name: Name }>;

function Reconnecting({ session, bridge }: { session: In<"reconnecting">; bridge: PanelBridge }) {
  const now = useNow(500);
  const seconds = session.retryAt === null ? 0 : secondsUntil(session.retryAt, now);
  return (
    <section class="card padded connection" aria-label="Connection">
      {seconds > 0 ? <WarningIcon /> : <span class="spinner" />}
      <h2>
        {session.wasOnline ? "Nobody can ring you right now" : "The server does not answer as it should"}
      </h2>
      <p role="status">{session.detail}</p>
      <p>{seconds > 0 ? `Trying again in ${duration(seconds)}.` : "Trying again…"}</p>
      <div class="actions">
        <button type="button" class="button primary" onClick={() => void bridge.tryNow()}>
          Try now
        </button>
        {!session.wasOnline && (
          <button type="button" class="button" onClick={() => void bridge.signOut()}>
            Cancel
          </button>
        )}
      </div>
    </section>
  );
}

function duration(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function TrustQuestion({ session, bridge }: { session: In<"attention">; bridge: PanelBridge }) {
  const origin = session.origin ?? "";
  return (
    <section class="card padded connection" aria-labelledby="trust-question">
      <WarningIcon />
      <h2 id="trust-question">Do you know this server?</h2>
      <p class="origin">{origin}</p>
      <p>{session.detail}</p>
      <p>
        Your name and password would be sent there. Go on only if it belongs to your organisation or its
        provider.
      </p>
      <div class="actions">
        <button type="button" class="button" onClick={() => void bridge.signOut()}>
          Cancel
        </button>
        <button type="button" class="button" onClick={() => void bridge.trust(origin)}>
          Trust this server
        </button>
      </div>
    </section>
  );
}

function Stopped({ session, bridge }: { session: In<"attention">; bridge: PanelBridge }) {
  const certificate = session.reason === "certificate";
  return (
    <section class="card padded connection" role="alert">
      <WarningIcon />
      <h2>{certificate ? "The server cannot prove who it is" : "Signed in at too many places"}</h2>
      <p>{session.detail}</p>
      <p>
        {certificate
          ? "Check the clock of this computer, or ask your administrator for the certificate of your organisation."
          : "Sign out on another device first."}
      </p>
      <div class="actions">
        <button type="button" class="button primary" onClick={() => void bridge.tryNow()}>
          Try now
        </button>
        <button type="button" class="button" onClick={() => void bridge.signOut()}>
          Sign out
        </button>
      </div>
    </section>
  );
}
