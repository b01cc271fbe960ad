import { app } from "electron";

import type { ClientCertificates } from "./client-certificates.ts";

/**
 * Electron on its own sends the first certificate of the system's store to any host that asks for one. From Electron 44
 * on, `net` asks in the same way as a page; before, it makes no request at all to such a host.
 */
export function answerCertificateRequests(certificates: ClientCertificates): void {
  app.on("select-client-certificate", (event, _contents, asked, offered, show) => {
    event.preventDefault();
    void certificates.choose(asked, offered).then((certificate) => {
      if (certificate) show(certificate);
      else show();
    });
  });
}
