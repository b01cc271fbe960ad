import type { quiet as english } from "../../en/main/quiet.ts";

export const quiet: typeof english = {
  doNotDisturb: {
    label: "Nicht stören",
    until: (moment) => `Nicht stören bis ${moment}`,
    silent: "Lautlos: Nicht stören",
    silentUntil: (moment) => `Lautlos: Nicht stören bis ${moment}`,
  },
  systemFocus: {
    label: "In Ihrem System ist „Nicht stören“ an",
    until: (moment) => `In Ihrem System ist „Nicht stören“ bis ${moment} an`,
    silent: "Lautlos: In Ihrem System ist „Nicht stören“ an",
    silentUntil: (moment) => `Lautlos: In Ihrem System ist „Nicht stören“ bis ${moment} an`,
  },
  quietHours: {
    label: "Ruhezeiten",
    until: (moment) => `Ruhezeiten bis ${moment}`,
    silent: "Lautlos: Ruhezeiten",
    silentUntil: (moment) => `Lautlos: Ruhezeiten bis ${moment}`,
  },
  presence: {
    label: "Ihr Status ist „Nicht stören“",
    until: (moment) => `Ihr Status ist bis ${moment} „Nicht stören“`,
    silent: "Lautlos: Ihr Status ist „Nicht stören“",
    silentUntil: (moment) => `Lautlos: Ihr Status ist bis ${moment} „Nicht stören“`,
  },
};
