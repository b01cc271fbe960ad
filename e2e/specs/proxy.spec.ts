import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { withRawServer, write } from "../../main/testing/servers/raw-server.ts";
import { ADDRESS, expect, PASSWORD, test } from "./support/test.ts";

test("a proxy that wants a password is named, gets none, and another try is offered", async ({
  server,
  bell: start,
  picture,
}) => {
  await withRawServer(
    (arrival) =>
      write(arrival, 'HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n'),
    async ({ base, arrivals }) => {
      const { host } = new URL(base);
      const bell = await start({ args: [`--proxy-server=${host}`, "--proxy-bypass-list=<-loopback>"] });
      const panel = await bell.panel();
      await bell.signIn();
      const message = panel
        .getByRole("alert")
        .filter({ hasText: "The proxy does not let Doorbell through." });
      await expect(message).toContainText(`The proxy ${host} wants a user name and password.`);
      await expect(message).toContainText("Set them in the variable HTTPS_PROXY");
      await expect(panel.getByLabel("Sign-in address")).toHaveValue(ADDRESS);
      await picture("named");
      expect(arrivals.length).toBeGreaterThan(0);
      const said = arrivals.map(({ head, body }) => head + body).join("");
      expect(said).not.toMatch(/authorization|cookie/i);
      expect(said).not.toContain(encodeURIComponent(PASSWORD));
      expect((await server.state()).requests).toEqual([]);
    },
  );
});

/** Hands on what it is asked for to whoever shows this; everybody else is asked who they are. */
function proxyFor(authorization: string) {
  return createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { "proxy-authorization": shown, ...headers } = incoming.headers;
    if (shown !== authorization) {
      outgoing.writeHead(407, { "Proxy-Authenticate": 'Basic realm="x"' }).end();
      return;
    }
    const { method = "GET", url = "" } = incoming;
    const onward = request(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
}

test("a proxy is told the user name and password that the environment gives for it", async ({
  server,
  bell: start,
}) => {
  const proxy = proxyFor(`Basic ${Buffer.from("tosh:p@ss").toString("base64")}`);
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  try {
    const bell = await start({
      args: [`--proxy-server=${host}`, "--proxy-bypass-list=<-loopback>"],
      env: { http_proxy: `http://tosh:p%40ss@${host}` },
    });
    await bell.online();
    await server.invite();
    await expect((await bell.panel()).getByRole("article")).toHaveCount(1);
    expect(bell.app.program.output()).not.toContain("p@ss");
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
});
