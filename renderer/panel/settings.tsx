import { useState } from "preact/hooks";

import { texts } from "../../locales/page-texts.ts";
import type {
  AccountView,
  AfterAccept,
  Answer,
  LanguageChoice,
  PanelBridge,
  PanelState,
  TrayIconStyle,
} from "../../preload/contract.ts";
import { Choice } from "../shared/choice.tsx";
import { Message } from "../shared/message.tsx";
import { LifeSettings } from "./life-settings.tsx";
import { QuietSettings } from "./quiet-settings.tsx";
import { SoundSettings } from "./sound-settings.tsx";

interface Props {
  readonly state: PanelState;
  readonly bridge: PanelBridge;
}

const TRAY_ICONS = ["auto", "light", "dark", "colour"] as const satisfies readonly TrayIconStyle[];
const LANGUAGES = ["auto", "en", "de"] as const satisfies readonly LanguageChoice[];
const AFTER_ACCEPT = ["here", "handOver"] as const satisfies readonly AfterAccept[];

function trayIconLabel(style: TrayIconStyle): string {
  const { automaticOnLinux, trayIcons } = texts.settings;
  return style === "auto" && navigator.userAgent.includes("Linux") ? automaticOnLinux : trayIcons[style];
}

function passwordLabel({ canRemember, withoutPassword, singleSignOn }: AccountView): string {
  const { cards, settings } = texts;
  if (withoutPassword) return settings.withoutPassword(singleSignOn);
  return canRemember ? settings.signingOutForgets : cards.noKeyring;
}

/** The settings that there are, and the way out. A change takes effect at once, but for the language. */
export function Settings({ state, bridge }: Props) {
  const { settings, account, canToast, version } = state;
  const words = texts.settings;
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
      <section class="card padded form" aria-label={words.ringing}>
        <label class="check">
          <input
            type="checkbox"
            checked={settings.notifications || !canToast}
            disabled={!canToast}
            onChange={(event) => after(bridge.changeSettings({ notifications: event.currentTarget.checked }))}
          />
          <span>{words.systemNotifications}</span>
          <span class="hint">{canToast ? words.systemNotificationsHint : words.noPopUp}</span>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={settings.personLinks}
            onChange={(event) => after(bridge.changeSettings({ personLinks: event.currentTarget.checked }))}
          />
          <span>{words.personLinks}</span>
          <span class="hint">{words.personLinksHint}</span>
        </label>
        <Choice
          id="tray-icon"
          label={words.trayIcon}
          values={TRAY_ICONS}
          value={settings.trayIcon}
          labelOf={trayIconLabel}
          choose={(trayIcon) => after(bridge.changeSettings({ trayIcon }))}
        />
        <Choice
          id="language"
          label={words.language}
          values={LANGUAGES}
          value={settings.language}
          labelOf={(language) => words.languages[language]}
          choose={(language) => after(bridge.changeSettings({ language }))}
          hint={words.languageHint}
        />
      </section>
      <QuietSettings settings={settings} change={(change) => after(bridge.changeSettings(change))} />
      <SoundSettings state={state} bridge={bridge} after={after} />
      <section class="card padded form" aria-label={texts.cards.conversations}>
        <Choice
          id="after-accept"
          label={words.afterAccept}
          values={AFTER_ACCEPT}
          value={settings.afterAccept}
          labelOf={(name) => words.afterAccepts[name]}
          choose={(afterAccept) => after(bridge.changeSettings({ afterAccept }))}
          disabled={settings.personLinks}
          hint={words.afterAcceptHints[settings.personLinks ? "personLinks" : settings.afterAccept]}
        />
      </section>
      <LifeSettings life={state.life} bridge={bridge} after={after} />
      <section class="card padded form" aria-label={words.account}>
        <div class="field">
          <span class="label">{words.signedInAs}</span>
          <span class="origin">{account.address}</span>
          <span class="hint">{passwordLabel(account)}</span>
        </div>
        {account.trusted.length > 0 && (
          <div class="field" role="group" aria-labelledby="trusted-servers">
            <span class="label" id="trusted-servers">
              {words.trustedServers}
            </span>
            <ul class="trusted">
              {account.trusted.map((origin) => (
                <li key={origin}>
                  <span class="origin">{origin}</span>
                  <button
                    type="button"
                    class="button"
                    aria-label={words.forgetServer(origin)}
                    onClick={() => after(bridge.distrust(origin))}
                  >
                    {words.forget}
                  </button>
                </li>
              ))}
            </ul>
            <span class="hint">{words.forgetHint}</span>
          </div>
        )}
        <button type="button" class="button decline" onClick={() => after(bridge.signOut())}>
          {texts.cards.signOut}
        </button>
      </section>
      <p class="about">{words.version(version)}</p>
    </>
  );
}
