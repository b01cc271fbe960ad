import { useRef, useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type { AccountView, PanelBridge, SessionView } from "../../preload/contract.ts";
import { useFocusOnChange } from "./focus.ts";
import { Message } from "../shared/message.tsx";
import { troubleLabels } from "./session-labels.ts";
import { Technical } from "./technical.tsx";

interface Props {
  readonly session: SessionView;
  readonly account: AccountView;
  readonly bridge: PanelBridge;
}

/**
 * Address, password and, for those who know it, the server. The password is read from its field once, at the moment of
 * sending, and the field is emptied before anything else happens: it is in no state of this page.
 */
export function SignIn({ session, account, bridge }: Props) {
  const address = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const server = useRef<HTMLInputElement>(null);
  const remember = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [refusal, setRefusal] = useState("");
  const [sending, setSending] = useState(false);
  const error = session.name === "attention" && refusal === "" ? session : null;
  // Without a password nothing that was typed is wrong.
  const wrongPassword = error?.reason === "badCredentials" && !account.withoutPassword;

  // The button had the focus, and lost it while it was disabled.
  useFocusOnChange(form, `refusal ${refusal}`);

  const labels = error && troubleLabels(error, account);
  const words = texts.connection;

  const send = (event: Event): void => {
    event.preventDefault();
    const field = password.current;
    if (field === null || address.current === null || sending) return;
    const typed = field.value;
    field.value = "";
    setSending(true);
    setRefusal("");
    const request = {
      address: address.current.value,
      server: server.current?.value ?? "",
      password: typed,
      remember: account.canRemember && (remember.current?.checked ?? false),
    };
    void bridge.signIn(request).then((answer) => {
      setSending(false);
      setRefusal(answer.ok ? "" : answer.error.message);
      // Nothing was sent: what was typed is not lost.
      if (!answer.ok && field.value === "") field.value = typed;
    });
  };

  return (
    <form class="form" ref={form} onSubmit={send} aria-labelledby="sign-in">
      <h2 id="sign-in">{words.signIn}</h2>
      {refusal !== "" && (
        <Message kind="error" focus>
          <p>{refusal}</p>
        </Message>
      )}
      {account.rememberedProblem !== "" && error === null && (
        <Message kind="notice">
          <p>{account.rememberedProblem}</p>
        </Message>
      )}
      {labels && (
        <Message kind="error" focus={!wrongPassword}>
          <p id="sign-in-error">
            <strong>{words.titleSentence(labels.title)}</strong>
          </p>
          <p>{labels.detail}</p>
          {labels.advice !== "" && <p>{labels.advice}</p>}
          <Technical text={error?.technical ?? ""} />
        </Message>
      )}
      <div class="field">
        <label for="address">{words.address}</label>
        <input
          id="address"
          ref={address}
          type="text"
          inputMode="email"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          required
          maxLength={256}
          placeholder="name@example.com"
          defaultValue={account.address}
          autofocus={account.address === ""}
        />
      </div>
      <div class="field">
        <label for="password">{words.password}</label>
        <input
          id="password"
          ref={password}
          type="password"
          autocomplete="off"
          maxLength={1000}
          aria-invalid={wrongPassword}
          aria-describedby={wrongPassword ? "sign-in-error password-hint" : "password-hint"}
          {...(wrongPassword && { "data-focus": true })}
          autofocus={account.address !== ""}
        />
        <span class="hint" id="password-hint">
          {words.passwordHint(account.singleSignOn)}
        </span>
      </div>
      <label class="check">
        <input
          key={String(account.canRemember)}
          ref={remember}
          type="checkbox"
          defaultChecked={account.canRemember}
          disabled={!account.canRemember}
        />
        <span>{words.remember}</span>
        <span class="hint">{account.canRemember ? words.rememberHint : texts.cards.noKeyring}</span>
      </label>
      <details open={account.server !== "" || error?.reason === "notFound"}>
        <summary>{words.server}</summary>
        <div class="field">
          <label for="server" class="said">
            {words.server}
          </label>
          <input
            id="server"
            ref={server}
            type="text"
            inputMode="url"
            autocapitalize="off"
            spellcheck={false}
            maxLength={2000}
            placeholder="https://lyncdiscover.example.com"
            aria-describedby="server-hint"
            defaultValue={account.server}
          />
          <span class="hint" id="server-hint">
            {words.serverHint}
          </span>
        </div>
      </details>
      <button type="submit" class="button primary wide" disabled={sending}>
        {words.signIn}
      </button>
    </form>
  );
}
