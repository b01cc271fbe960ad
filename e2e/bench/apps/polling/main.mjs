// The least that an app on Electron must do for an invitation: one event request after the other, the package parsed, and
// the invitation put in front of the person, on a small window or by one call of the notification service. It knows nothing of the protocol but where these packages hold what it shows.
//
//     electron polling --events=URL --how=toast|notification
import { join } from "node:path";
import { app, BrowserWindow, Menu, net, session } from "electron";

const folder = import.meta.dirname;
const option = (name) =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? "";
// The bounds that Doorbell gives its own toast on a screen of 1280 × 800.
const BOUNDS = { x: 888, y: 12, width: 380, height: 180 };

app.enableSandbox();
app.disableHardwareAcceleration();
Menu.setApplicationMenu(null);
app.on("window-all-closed", () => {});

app
  .whenReady()
  .then(run)
  .catch((error) => {
    process.stderr.write(`${String(error)}\n`);
    app.exit(1);
  });

async function run() {
  const show = option("how") === "toast" ? await openWindow() : await openNotifications();
  const requests = session.fromPartition("polling", { cache: false });
  for (let url = option("events"); ;) {
    const body = await get(requests, url);
    const { events } = body.sender[0];
    const started = events.find(({ type }) => type === "started");
    await show(started?._embedded.messagingInvitation ?? null);
    url = new URL(body._links.next.href, url).href;
  }
}

function get(requests, url) {
  return new Promise((resolve, reject) => {
    const request = net.request({ url, session: requests, cache: "no-store", credentials: "omit" });
    request.setHeader("Accept", "application/json");
    request.setHeader("Authorization", "Bearer cwt=AAEBHAEFAAAAAAAFFQAAAbench");
    request.on("error", reject);
    request.on("response", (message) => {
      const chunks = [];
      message.on("data", (chunk) => chunks.push(chunk));
      message.on("end", () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    });
    request.end();
  });
}

/** Its page is loaded beforehand, and drawn while it is hidden. */
async function openWindow() {
  const window = new BrowserWindow({
    ...BOUNDS,
    show: false,
    frame: false,
    resizable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    focusable: false,
    type: "notification",
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      spellcheck: false,
      preload: join(folder, "preload.cjs"),
      backgroundThrottling: false,
    },
  });
  await window.loadFile(join(folder, "page.html"));
  const draw = (name, subject) => window.webContents.send("invitation", { name, subject });
  return async (invitation) => {
    if (invitation === null) {
      // Else the next one, which has the same name and subject, would be there without being drawn.
      draw("", "");
      window.hide();
      return;
    }
    draw(invitation._embedded.from.name, invitation.subject);
    window.showInactive();
  };
}

async function openNotifications() {
  const { Message, sessionBus } = await import("@particle/dbus-next");
  const bus = sessionBus({ authMethods: ["EXTERNAL"] });
  return async (invitation) => {
    if (invitation === null) return;
    const { name } = invitation._embedded.from;
    await bus.call(
      new Message({
        destination: "org.freedesktop.Notifications",
        path: "/org/freedesktop/Notifications",
        interface: "org.freedesktop.Notifications",
        member: "Notify",
        signature: "susssasa{sv}i",
        body: [
          "Polling",
          0,
          "",
          name,
          invitation.subject,
          ["accept", "Accept", "decline", "Decline"],
          {},
          -1,
        ],
      }),
    );
  };
}
