import { expect, test } from "./support/test.ts";

const CALLS = 20;
const caller = (number: number) => ({ name: `Caller ${number}`, uri: `sip:c${number}@contoso.example` });

test("twenty invitations within a second are all in the panel, some as notifications, the others on the toast, and leave nothing", async ({
  desktop,
  server,
  bell: start,
  picture,
}, { annotations }) => {
  test.setTimeout(120_000);
  const bell = await (await start()).online();
  const panel = await bell.panel();
  await bell.app.program.evaluate(({ app }) => {
    const counter = globalThis as { windowsMade?: number };
    counter.windowsMade = 0;
    app.on("browser-window-created", () => (counter.windowsMade = (counter.windowsMade ?? 0) + 1));
  });

  const began = Date.now();
  const ids = await Promise.all(
    Array.from({ length: CALLS }, (_, index) => server.invite({ from: caller(index + 1) })),
  );
  const asked = Date.now();
  await expect(panel.getByRole("article")).toHaveCount(CALLS);
  const inPanel = Date.now();

  // Twenty notifications would cover the screen.
  const toast = await bell.toast();
  await expect.poll(async () => (await desktop.notifications()).length).toBe(4);
  await expect(toast.getByRole("article")).toHaveCount(3);
  await expect(toast.getByRole("button", { name: /more in Doorbell's window/ })).toHaveText(/^\+13 more/);
  annotations.push({
    type: "measured",
    description: `asked in ${asked - began} ms, in the panel after ${inPanel - began} ms`,
  });
  await picture("twenty");

  // Every second one is called off, then the rest, whatever was shown of them.
  const callOff = (some: readonly string[]) =>
    Promise.all(some.map((id) => server.control("POST", `invitations/${id}/cancel`)));
  await callOff(ids.filter((_, index) => index % 2 === 0));
  await expect(panel.getByRole("article")).toHaveCount(CALLS / 2);
  await callOff(ids.filter((_, index) => index % 2 === 1));
  await expect(panel.getByRole("article")).toHaveCount(0);
  await desktop.waitForNoNotification({ text: "Caller" });
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  await expect(panel.locator(".history .end")).toHaveCount(CALLS);
  const made = await bell.app.program.evaluate(
    () => (globalThis as { windowsMade?: number }).windowsMade ?? -1,
  );
  expect(made, "windows that were made for them").toBe(0);
  const ended = (await server.state()).invitations.filter(({ state }) => state !== "ringing");
  expect(ended).toHaveLength(CALLS);
});
