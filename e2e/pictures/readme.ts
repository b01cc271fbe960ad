import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { startDesktopSession } from "../desktop-session/desktop-session.ts";
import { PASSWORD, UcwaServer, USER } from "../specs/support/ucwa-server.ts";

// The picture of the terminal program. Everything on it is real: a terminal, the program, the server, and a notification
// drawn by a notification service. Needs `npm run build`.

const folder = "docs/pictures";
mkdirSync(folder, { recursive: true });

await using desktop = await startDesktopSession({ width: 1180, height: 270 });
await using server = await UcwaServer.start();

const watch = [
  process.execPath,
  "out/main/cli.js",
  "watch",
  "--user",
  USER,
  "--server",
  server.url,
  "--notify",
];
const look = ["-fa", "DejaVu Sans Mono", "-fs", "11", "-bg", "#14181f", "-fg", "#dfe6ee", "-b", "14", "+sb"];
spawn("xterm", [...look, "-geometry", "78x9+24+24", "-e", ...watch], {
  env: { ...desktop.env, DOORBELL_PASSWORD: PASSWORD, COLORTERM: "truecolor" },
  stdio: "ignore",
});
await online();

const first = await server.invite({
  from: { name: "Sara Davis", uri: "sip:sara@contoso.example" },
  message: "Lunch?",
});
await desktop.waitForNotification({ text: "Sara Davis" });
await seconds(4);
await server.control("POST", `invitations/${first}/cancel`);
await desktop.waitForNoNotification();
await server.invite({ subject: "Strategy for next quarter", message: "Hi Tosh, do you have a minute?" });
await desktop.waitForNotification({ text: "Lene Aaling" });
await seconds(3);
await desktop.screenshot(`${folder}/ringing.png`);

/** The application is there and its event request is parked. */
async function online(): Promise<void> {
  for (;;) {
    const { requests } = await server.state();
    if (requests.some(({ endpoint, status }) => endpoint === "makeMeAvailable" && status === 204)) return;
    await seconds(0.1);
  }
}

/** Time has to pass for it to be seen. */
async function seconds(count: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, count * 1000));
}
