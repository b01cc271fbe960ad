import { CALLER, expect, test } from "./support/test.ts";

test.use({ ownDesktop: true });

test.describe("while something rings", () => {
  test("the notification service is killed and started again: the ring is seen again, once, and can be answered", async ({
    desktop,
    server,
    doorbell,
    picture,
  }) => {
    const bell = doorbell({ notify: true });
    await bell.online();
    await server.invite();
    await desktop.waitForNotification({ text: CALLER.name });
    await desktop.killNotificationService();
    await expect.poll(() => bell.stderr).toContain("Invitations ring here only.");
    await desktop.startNotificationService();
    await desktop.waitForNotification({ text: CALLER.name });
    expect(await desktop.notifications()).toHaveLength(1);
    await picture("seen-again");
    await desktop.clickButton("Accept");
    await bell.next({ type: "invitation", state: "accepted" });
    await desktop.waitForNoNotification();
  });

  test("the session bus dies: the terminal says so and still takes the answer", async ({
    desktop,
    server,
    doorbell,
  }) => {
    const bell = doorbell({ notify: true });
    await bell.online();
    await server.invite();
    const { id } = await bell.next({ type: "invitation", state: "ringing" });
    await desktop.waitForNotification({ text: CALLER.name });
    await desktop.killBus();
    await expect.poll(() => bell.stderr).toContain("Invitations ring here only.");
    bell.send({ accept: id });
    await bell.next({ type: "invitation", state: "accepted" });
    expect(await bell.quit()).toBe(0);
  });
});

test("without a notification service it says so at once and rings in the terminal", async ({
  desktop,
  server,
  doorbell,
}) => {
  await desktop.killNotificationService();
  const bell = doorbell({ notify: true });
  await bell.online();
  await expect.poll(() => bell.stderr).toContain("Invitations ring here only.");
  await server.invite();
  await bell.next({ type: "invitation", state: "ringing" });
});
