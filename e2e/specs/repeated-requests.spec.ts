import { CALLER, expect, test } from "./support/test.ts";

// Chromium sends a request again, a POST too, when the kept connection that it took turns out to be closed.

test("a token is asked for once where the server closes the connection on it, so that no password counts twice", async ({
  server,
  bell: start,
}) => {
  const bell = await start();
  await server.control("POST", "faults", { endpoint: "token", cut: "beforeHeaders" });
  await bell.online();
  const tokens = (await server.state()).requests.filter(({ endpoint }) => endpoint === "token");
  // The one that was cut, the program's own next try after its back-off, and the one of the applications' host.
  expect(tokens.map(({ status }) => status)).toEqual([0, 200, 200]);
  const [cut, next] = tokens.map(({ at }) => at);
  expect((next ?? 0) - (cut ?? 0)).toBeGreaterThan(400);
});

test("an answer that arrives twice is the answer of the person all the same", async ({
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  for (const { endpoint, button, end, state, second } of [
    { endpoint: "accept", button: "Accept", end: "Accepted", state: "connected", second: 409 },
    { endpoint: "decline", button: "Decline", end: "Declined", state: "declined", second: 404 },
  ]) {
    await server.control("POST", "faults", { endpoint, cut: "beforeHeaders" });
    const id = await server.invite();
    await panel.getByRole("button", { name: `${button} ${CALLER.name}` }).click();
    await expect(panel.locator(".history .end").first()).toHaveText(end);
    await expect(panel.getByText("no longer available")).toHaveCount(0);
    const { requests, invitations } = await server.state();
    expect(requests.filter((one) => one.endpoint === endpoint).map(({ status }) => status)).toEqual([
      0,
      second,
    ]);
    expect(invitations.find((one) => one.id === id)?.state).toBe(state);
  }
});
