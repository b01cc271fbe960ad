import { useState } from "preact/hooks";

import type {
  AccountView,
  AfterAccept,
  Answer,
  PanelBridge,
  PanelState,
  TrayIconStyle,
} from "../../preload/contract.ts";
import { Message } from "../shared/message.tsx";
import { LifeSettings } from "./life-settings.tsx";
import { QuietSettings } from "./quiet-settings.tsx";
import { SoundSettings } from "./sound-settings.tsx";

interface Props {
  readonly state: PanelState;
  readonly bridge: PanelBridge;
}

const TRAY_ICONS: ReadonlyArray<readonly [TrayIconStyle, string]> = [
  // Linux does not tell the colour of a panel.
  ["auto", navigator.userAgent.includes("Linux") ? "Automatic (colour)" : "Automatic"],
  ["light", "White, for a dark panel"],
  ["dark", "Black, for a light panel"],
  ["colour", "In colour"],
];

const AFTER_ACCEPT: ReadonlyArray<readonly [AfterAccept, string]> = [
  ["here", "Talk here"],
  ["handOver", "Hand over to another program (sip:)"],
];

function passwordLabel({ canRemember, withoutPassword, singleSignOn }: AccountView): string {
  if (withoutPassword)
    return `Without a password: with ${singleSignOn}, or on your organisation's sign-in page.`;
  return canRemember
    ? "Signing out also forgets your password."
    : "No keyring is available, so you will be asked for the password each time.";
}

/** The settings that there are, and the way out. A change takes effect at once. */
export function Settings({ state, bridge }: Props) {
  const { settings, account, canToast, version } = state;
  const [problem, setProblem] = useState("");
  const after = (answer: Promise<Answer<null>>): void => {
    void answer.then((receipt) => setProblem(receipt.ok ? "" : receipt.error.message));
  };
  return (
    <>
      {problem !== "" && (
        <Message kind="error">
          <p>{problem}</p>
        </Message>
      )}
      <section class="card padded form" aria-label="Ringing">
        <label class="check">
          <input
            type="checkbox"
            checked={settings.notifications || !canToast}
            disabled={!canToast}
            onChange={(event) => after(bridge.changeSettings({ notifications: event.currentTarget.checked }))}
          />
          <span>Use system notifications</span>
          <span class="hint">
            {canToast
              ? "Off: Doorbell shows its own pop-up."
              : "Always on here: under Wayland, Doorbell can't show its own pop-up above other windows."}
          </span>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={settings.personLinks}
            onChange={(event) => after(bridge.changeSettings({ personLinks: event.currentTarget.checked }))}
          />
          <span>Open links to people in Doorbell</span>
          <span class="hint">
            Links that begin with sip: or im: fill in a new conversation. You always press Call yourself.
          </span>
        </label>
        <div class="field">
          <label for="tray-icon">Icon in the tray</label>
          <select
            id="tray-icon"
            value={settings.trayIcon}
            onChange={(event) => {
              const style = TRAY_ICONS.find(([name]) => name === event.currentTarget.value)?.[0];
              if (style !== undefined) after(bridge.changeSettings({ trayIcon: style }));
            }}
          >
            {TRAY_ICONS.map(([style, words]) => (
              <option key={style} value={style}>
                {words}
              </option>
            ))}
          </select>
        </div>
      </section>
      <QuietSettings settings={settings} change={(change) => after(bridge.changeSettings(change))} />
      <SoundSettings state={state} bridge={bridge} after={after} />
      <section class="card padded form" aria-label="Conversations">
        <div class="field">
          <label for="after-accept">After I accept</label>
          <select
            id="after-accept"
            value={settings.afterAccept}
            disabled={settings.personLinks}
            aria-describedby="after-accept-hint"
            onChange={(event) => {
              const chosen = AFTER_ACCEPT.find(([name]) => name === event.currentTarget.value)?.[0];
              if (chosen !== undefined) after(bridge.changeSettings({ afterAccept: chosen }));
            }}
          >
            {AFTER_ACCEPT.map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
          <span class="hint" id="after-accept-hint">
            {settings.personLinks
              ? "Links to people open in Doorbell, so there is no other program to hand over to."
              : settings.afterAccept === "here"
                ? "The conversation opens in a window of Doorbell."
                : "Your program for sip: addresses opens a conversation of its own with the caller. Doorbell stays in the one that you accepted: what the caller writes there still comes to Doorbell, as a notification. Meetings open here."}
          </span>
        </div>
      </section>
      <LifeSettings life={state.life} bridge={bridge} after={after} />
      <section class="card padded form" aria-label="Account">
        <div class="field">
          <span class="label">Signed in as</span>
          <span class="origin">{account.address}</span>
          <span class="hint">{passwordLabel(account)}</span>
        </div>
        {account.trusted.length > 0 && (
          <div class="field" role="group" aria-labelledby="trusted-servers">
            <span class="label" id="trusted-servers">
              Servers you trust
            </span>
            <ul class="trusted">
              {account.trusted.map((origin) => (
                <li key={origin}>
                  <span class="origin">{origin}</span>
                  <button
                    type="button"
                    class="button"
                    aria-label={`Forget ${origin}`}
                    onClick={() => after(bridge.distrust(origin))}
                  >
                    Forget
                  </button>
                </li>
              ))}
            </ul>
            <span class="hint">Doorbell will ask again at your next sign-in.</span>
          </div>
        )}
        <button type="button" class="button decline" onClick={() => after(bridge.signOut())}>
          Sign out
        </button>
      </section>
      <p class="about">Doorbell {version}</p>
    </>
  );
}
