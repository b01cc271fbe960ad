const { contextBridge, ipcRenderer } = require("electron");

contextBridge.exposeInMainWorld("polling", {
  subscribe: (listener) => ipcRenderer.on("invitation", (_event, invitation) => listener(invitation)),
});
