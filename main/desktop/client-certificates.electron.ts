import { app, dialog } from "electron";

import type { ClientCertificates, CertificateQuestion } from "./client-certificates.ts";

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

/** The number of the button that the person chose; the first when the box was closed. */
export async function askForCertificate({
  message,
  detail,
  buttons: [...buttons],
}: CertificateQuestion): Promise<number> {
  const box = { type: "question", message, detail, buttons, cancelId: 0, defaultId: 0 } as const;
  const { response } = await dialog.showMessageBox(box);
  return response;
}
