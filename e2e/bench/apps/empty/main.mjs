// What any program in the tray has, and nothing else: a window and an icon. What Doorbell costs stands beside it, so the
// switches that concern the whole program are Doorbell's own: the sandbox, and no graphics card.
import { join } from "node:path";
import { app, BrowserWindow, Menu, Tray } from "electron";

const folder = import.meta.dirname;

app.enableSandbox();
app.disableHardwareAcceleration();
Menu.setApplicationMenu(null);
app.on("window-all-closed", () => {});

app.whenReady().then(
  async () => {
    // Somebody has to hold the icon, or it is collected.
    globalThis.icon = new Tray(join(folder, "../../../../build/icons/tray/available-colour-24.png"));
    globalThis.icon.setContextMenu(Menu.buildFromTemplate([{ label: "Quit", click: () => app.quit() }]));
    const window = new BrowserWindow({
      // Where Doorbell's panel stands on a screen of 1280 × 800.
      x: 440,
      y: 110,
      width: 400,
      height: 620,
      show: false,
      backgroundColor: "#f4f5f7",
      webPreferences: { sandbox: true, contextIsolation: true, spellcheck: false },
    });
    // As Doorbell does: the window is up at once, and its page follows.
    if (!process.argv.includes("--hidden")) window.show();
    await window.loadFile(join(folder, "page.html"));
  },
  (error) => {
    process.stderr.write(`${String(error)}\n`);
    app.exit(1);
  },
);
