import { CALLER, expect, test } from "./support/test.ts";

test("an answer leaves at once while the server is slow to say what eight other invitations are", async ({
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  const id = await server.invite();
  const accept = panel.getByRole("button", { name: `Accept ${CALLER.name}` });
  await expect(accept).toBeVisible();
  const asked = async () =>
    (await server.state()).requests.filter(
      ({ method, endpoint, status }) => method === "GET" && endpoint === "invitation" && status === null,
    ).length;

  // More than the connections that Electron opens to a host, the parked event request among them.
  await server.control("PUT", "switches", { linkOnly: true });
  await server.control("POST", "faults", { endpoint: "invitation", delayMs: 60_000, times: 100 });
  for (let each = 0; each < 8; each++)
    await server.invite({ from: { name: `Ines ${each}`, uri: `sip:ines${each}@contoso.example` } });
  await expect.poll(asked).toBe(3);
  await expect.poll(() => panel.getByRole("article").count()).toBe(9);

  await accept.click();
  const isConnected = async () =>
    (await server.state()).invitations.find((one) => one.id === id)?.state === "connected";
  // Behind any of the others it would wait for a minute.
  await expect.poll(isConnected).toBe(true);
  expect(await asked()).toBeLessThanOrEqual(3);
});
