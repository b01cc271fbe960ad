import { texts } from "../../locales/page-texts.ts";
import type { AccountView, PanelBridge, SessionView } from "../../preload/contract.ts";
import { WarningIcon } from "../shared/icons.tsx";
import { secondsUntil, useNow } from "../shared/time.ts";
import { troubleLabels } from "./session-labels.ts";
import { Technical } from "./technical.tsx";

interface Props {
  readonly session: SessionView;
  readonly account: AccountView;
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
export function Connection({ session, account, bridge }: Props) {
  const waits = session.name !== "signedOut" && session.name !== "online" && session.name !== "attention";
  if (waits && account.pageHost !== null) return <SignInPage host={account.pageHost} bridge={bridge} />;
  switch (session.name) {
    case "signedOut":
    case "online":
      return null;
    case "discovering":
      return <Progress title={texts.connection.discovering} bridge={bridge} />;
    case "authenticating":
      return <Progress title={texts.connection.authenticating} bridge={bridge} />;
    case "creating":
      return <Progress title={texts.connection.creating} bridge={bridge} />;
    case "reconnecting":
      return <Reconnecting session={session} account={account} bridge={bridge} />;
    case "attention":
      if (isQuestion(session)) return <TrustQuestion session={session} account={account} bridge={bridge} />;
      return isMended(session) ? <Stopped session={session} account={account} bridge={bridge} /> : null;
  }
}

function Progress({ title, bridge }: { readonly title: string; readonly bridge: PanelBridge }) {
  return (
    <section class="card padded connection" role="status">
      <span class="spinner" />
      <h2 tabIndex={-1} data-focus>
        {title}
      </h2>
      <div class="actions">
        <button type="button" class="button" onClick={() => void bridge.signOut()}>
          {texts.cards.cancel}
        </button>
      </div>
    </section>
  );
}

/** The page of the organisation stands in a window of its own, maybe behind others. */
function SignInPage({ host, bridge }: { readonly host: string; readonly bridge: PanelBridge }) {
  const [before, after] = texts.connection.pageWaits.split("#");
  return (
    <section class="card padded connection" aria-labelledby="sign-in-page">
      <span class="spinner" />
      <h2 id="sign-in-page" tabIndex={-1} data-focus>
        {texts.connection.pageTitle}
      </h2>
      <p role="status">
        {before}
        <strong class="origin">{host}</strong>
        {after}
      </p>
      <div class="actions">
        <button type="button" class="button primary" onClick={() => void bridge.showSignInPage()}>
          {texts.connection.showPage}
        </button>
        <button type="button" class="button" onClick={() => void bridge.signOut()}>
          {texts.cards.cancel}
        </button>
      </div>
    </section>
  );
}

type In<Name extends SessionView["name"]> = Extract<SessionView, { readonly name: Name }>;

interface TroubleProps<Name extends SessionView["name"]> {
  readonly session: In<Name>;
  readonly account: AccountView;
  readonly bridge: PanelBridge;
}

function Reconnecting({ session, account, bridge }: TroubleProps<"reconnecting">) {
  const { title, detail, advice } = troubleLabels(session, account);
  const now = useNow(500);
  const seconds = session.retryAt === null ? 0 : secondsUntil(session.retryAt, now);
  return (
    <section class="card padded connection" aria-label={texts.connection.connection}>
      {seconds > 0 ? <WarningIcon /> : <span class="spinner" />}
      <h2 tabIndex={-1} data-focus>
        {title}
      </h2>
      {advice !== "" && <p>{advice}</p>}
      <p role="status">{detail}</p>
      <p>{tryingAgain(seconds)}</p>
      <Technical text={session.technical} />
      <div class="actions">
        <button type="button" class="button primary" onClick={() => void bridge.tryNow()}>
          {texts.connection.reconnectNow}
        </button>
        {!session.wasOnline && (
          <button type="button" class="button" onClick={() => void bridge.signOut()}>
            {texts.cards.cancel}
          </button>
        )}
      </div>
    </section>
  );
}

function tryingAgain(seconds: number): string {
  const { connection } = texts;
  if (seconds === 0) return connection.tryingAgain;
  return seconds < 90
    ? connection.tryingAgainInSeconds(seconds)
    : connection.tryingAgainInMinutes(Math.round(seconds / 60));
}

function TrustQuestion({ session, account, bridge }: TroubleProps<"attention">) {
  const origin = session.origin ?? "";
  const { title, detail } = troubleLabels(session, account);
  const words = texts.connection;
  const domain = account.address.slice(account.address.lastIndexOf("@") + 1);
  return (
    <section class="card padded connection" aria-labelledby="trust-question">
      <WarningIcon />
      <h2 id="trust-question" tabIndex={-1} data-focus>
        {title}
      </h2>
      <p class="origin">{origin}</p>
      <p>{detail}</p>
      <p>{account.withoutPassword ? words.trustMeansWithoutPassword(domain) : words.trustMeans(domain)}</p>
      <p>{words.trustWhom}</p>
      <div class="actions">
        <button type="button" class="button" onClick={() => void bridge.signOut()}>
          {words.distrust}
        </button>
        <button type="button" class="button" onClick={() => void bridge.trust(origin)}>
          {words.trust}
        </button>
      </div>
    </section>
  );
}

function Stopped({ session, account, bridge }: TroubleProps<"attention">) {
  const { title, detail, advice } = troubleLabels(session, account);
  return (
    <section class="card padded connection" role="alert">
      <WarningIcon />
      <h2 tabIndex={-1} data-focus>
        {title}
      </h2>
      <p>{detail}</p>
      <p>{advice}</p>
      <Technical text={session.technical} />
      <div class="actions">
        <button type="button" class="button primary" onClick={() => void bridge.tryNow()}>
          {texts.connection.tryNow}
        </button>
        <button type="button" class="button" onClick={() => void bridge.signOut()}>
          {texts.cards.signOut}
        </button>
      </div>
    </section>
  );
}
