// Electron loads it before the program: it remembers what the program draws in the tray, which Electron lets nobody ask
// for. So the program itself has nothing that is there for tests.
const { nativeImage, Tray } = require("electron");
const path = require("node:path");

globalThis.__recorded = { tray: null };
const recorded = globalThis.__recorded;

const fileNames = new WeakMap();
/** An icon is made with the image that was loaded just before; its constructor cannot be listened to. */
let lastLoaded = "";
const load = nativeImage.createFromPath.bind(nativeImage);
nativeImage.createFromPath = (file) => {
  const image = load(file);
  lastLoaded = path.basename(file);
  fileNames.set(image, lastLoaded);
  return image;
};

record("setImage", (drawn, image) => ({ ...drawn, image: fileNames.get(image) ?? "" }));
record("setToolTip", (drawn, toolTip) => ({ ...drawn, toolTip }));
record("setContextMenu", (drawn, menu) => ({ ...drawn, menu }));
record("destroy", () => null);

/** Calls a method of the icon as before, and notes what is drawn then. */
function record(name, noted) {
  const method = Tray.prototype[name];
  Tray.prototype[name] = function recordedMethod(...args) {
    const result = Reflect.apply(method, this, args);
    const nothing = { icon: this, image: lastLoaded, toolTip: "", menu: null };
    recorded.tray = noted(recorded.tray?.icon === this ? recorded.tray : nothing, ...args);
    return result;
  };
}
