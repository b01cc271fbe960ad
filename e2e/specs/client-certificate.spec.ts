import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type TLSSocket } from "node:tls";
import { CertificateStore } from "../desktop-session/certificate-store.ts";
import { makeCertificate } from "../ucwa-server/http/certificates.ts";
import { expect, test, type Bell } from "./support/test.ts";

test.use({ ownDesktop: true });

const OWN = "sts.contoso.example";
const STRANGER = "sts.stranger.example";

/** What a page of that host, in the session of the sign-in pages, shows. */
function visit(bell: Bell, url: string): Promise<string> {
  return bell.app.program.evaluate(async ({ BrowserWindow, session }, address) => {
    const own = session.fromPartition("doorbell-http", { cache: false });
    const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, session: own } });
    try {
      await window.loadURL(address);
      return window.webContents.getTitle();
    } catch (error) {
      return String(error);
    } finally {
      window.destroy();
    }
  }, url);
}

/** What a request of the program's own kind to that host came to. */
function request(bell: Bell, url: string): Promise<string> {
  return bell.app.program.evaluate(
    ({ net, session }, address) =>
      new Promise<string>((resolve) => {
        const own = session.fromPartition("doorbell-http", { cache: false });
        const asked = net.request({ url: address, session: own, credentials: "include", cache: "no-store" });
        asked.on("response", (response) => resolve(String(response.statusCode)));
        asked.on("error", (error) => resolve(error.message));
        asked.end();
      }),
    url,
  );
}

test("a certificate of the person's is shown to no stranger, and to the own organisation after a yes", async ({
  desktop,
  bell: start,
  picture,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "doorbell-certificate-"));
  const { key, chain, authority } = await makeCertificate("good", [OWN, STRANGER]);
  writeFileSync(join(folder, "authority.pem"), authority);
  const store = new CertificateStore(desktop.home);
  store.trust(join(folder, "authority.pem"));
  store.addPersonal("Tosh");

  const seen: string[] = [];
  const server = createServer(
    { key, cert: chain, requestCert: true, rejectUnauthorized: false },
    (socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => {
        const name = subjectOf(socket);
        seen.push(`${socket.servername || ""} ${name}`);
        socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>${name}</title>`);
      });
    },
  );
  server.on("tlsClientError", () => undefined).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    const bell = await start({ args: [`--host-resolver-rules=MAP *.example 127.0.0.1`] });
    await bell.online();
    expect(await bell.app.messageBoxes()).toEqual([]);

    // A stranger sees none, whether a page asks or the program itself.
    expect(await visit(bell, `https://${STRANGER}:${port}/`)).toBe("nobody");
    await request(bell, `https://${STRANGER}:${port}/`);
    expect(await bell.app.messageBoxes()).toEqual([]);

    // The own organisation is shown what the person says.
    const page = visit(bell, `https://${OWN}:${port}/`);
    await expect
      .poll(() => bell.app.messageBoxes())
      .toMatchObject([
        {
          message: `${OWN}:${port} asks for a certificate that shows who you are.`,
          buttons: ["Send none", "Send it"],
        },
      ]);
    await picture("asked");
    await desktop.clickInMessageBox(1, 2, { timeoutMs: 15_000 });
    expect(await page).toBe("Tosh");
    expect(await visit(bell, `https://${OWN}:${port}/again`)).toBe("Tosh");
    expect(await bell.app.messageBoxes()).toHaveLength(1);
    expect(new Set(seen)).toEqual(new Set([`${STRANGER} nobody`, `${OWN} Tosh`]));
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});

function subjectOf(socket: TLSSocket): string {
  const { subject } = socket.getPeerCertificate() as Partial<ReturnType<TLSSocket["getPeerCertificate"]>>;
  return String(subject?.CN ?? "nobody");
}
