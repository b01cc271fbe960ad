import { withRawServer, write } from "../../main/testing/raw-server.ts";
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
      await expect(message).toContainText(
        `The proxy ${host} wants a user name and password, which Doorbell cannot give.`,
      );
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
