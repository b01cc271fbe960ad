import { app } from "electron";

import { localeFrom, type Language } from "../../locales/language.ts";
import { speak } from "../../locales/texts.ts";

/** Says everything in the chosen language from here on, or in the system's. To be called once Electron is ready. */
export function speakIn(chosen: "auto" | Language): void {
  // Chromium's own switch.
  const asked = app.commandLine.getSwitchValue("lang");
  const system = {
    languages: [asked, ...app.getPreferredSystemLanguages()],
    region: asked || app.getSystemLocale(),
  };
  speak(localeFrom(chosen, system));
}
