import { anotherInstall } from "./support/another-install.ts";
import { CALLER, expect, test } from "./support/test.ts";

const accepts = (requests: readonly { readonly method: string; readonly address: string }[]) =>
  requests.filter(({ method, address }) => method === "POST" && address.endsWith("/accept"));

test.describe("an invitation rings as a native notification", () => {
  test("a click on the drawn Accept reaches the server, which completes it, and the notification goes", async ({
    desktop,
    server,
    doorbell,
    picture,
  }) => {
    const bell = doorbell({ notify: true });
    await bell.online();
    const id = await server.invite({
      subject: "Strategy for next quarter",
      message: "Hi Tosh, <b>have</b> a minute?",
    });
    const drawn = await desktop.waitForNotification({ text: CALLER.name });
    expect(drawn.summary).toBe(CALLER.name);
    expect(drawn.buttons.map(({ name }) => name)).toEqual(["Accept", "Decline"]);
    expect(drawn.body).toContain("Strategy for next quarter");
    expect(drawn.body).toContain("<b>have</b>");
    await picture("1-ringing");

    await desktop.clickButton("Accept", { text: CALLER.name });
    const { id: invitation } = await bell.next({ type: "invitation", state: "accepted" });
    await desktop.waitForNoNotification({ text: CALLER.name });
    await picture("2-accepted");

    expect(bell.statesOf(invitation)).toEqual(["ringing", "answering", "accepted"]);
    const { invitations, requests } = await server.state();
    expect(invitations).toMatchObject([{ id, state: "connected" }]);
    expect(accepts(requests)).toHaveLength(1);
  });

  test("a click on the drawn Decline declines it everywhere, and the notification goes", async ({
    desktop,
    server,
    doorbell,
    picture,
  }) => {
    const bell = doorbell({ notify: true });
    await bell.online();
    await server.invite();
    await desktop.waitForNotification({ text: CALLER.name });
    await picture("1-ringing");
    await desktop.clickButton("Decline", { text: CALLER.name });
    await bell.next({ type: "invitation", state: "declined" });
    await desktop.waitForNoNotification();
    await picture("2-declined");
    expect((await server.state()).invitations).toMatchObject([
      { state: "declined", declineReason: "Global" },
    ]);
  });

  test("it goes within one event when another endpoint of the same user accepts", async ({
    desktop,
    server,
    doorbell,
    picture,
  }) => {
    const here = doorbell({ notify: true });
    const there = doorbell({ env: anotherInstall(desktop.env) });
    await Promise.all([here.online(), there.online()]);
    await server.invite();
    const [{ id }] = await Promise.all([
      there.next({ type: "invitation", state: "ringing" }),
      here.next({ type: "invitation", state: "ringing" }),
      desktop.waitForNotification({ text: CALLER.name }),
    ]);
    await picture("1-ringing");
    there.send({ accept: id });
    await there.next({ type: "invitation", state: "accepted" });
    await here.next({ type: "invitation", state: "answeredElsewhere" });
    await desktop.waitForNoNotification();
    await picture("2-answered-elsewhere");
  });

  test("it goes when the caller gives up", async ({ desktop, server, doorbell, picture }) => {
    const bell = doorbell({ notify: true });
    await bell.online();
    const id = await server.invite({ importance: "Urgent" });
    await desktop.waitForNotification({ text: CALLER.name });
    await picture("1-ringing");
    await server.control("POST", `invitations/${id}/cancel`);
    await bell.next({ type: "invitation", state: "cancelled" });
    await desktop.waitForNoNotification();
    await picture("2-cancelled");
  });

  test("several callers each have their own, and an answer to one leaves the others ringing", async ({
    desktop,
    server,
    doorbell,
    picture,
  }) => {
    const bell = doorbell({ notify: true });
    await bell.online();
    const names = [
      "Lene Aaling",
      "Sara Davis",
      "Ein sehr langer Name, der niemals in eine einzige Zeile passen wird",
    ];
    for (const [index, name] of names.entries()) {
      await server.invite({
        from: { name, uri: `sip:caller${index}@contoso.example` },
        message: `I am number ${index}`,
      });
      await desktop.waitForNotification({ text: `number ${index}` });
    }
    await picture("1-three");
    await desktop.clickButton("Accept", { text: "number 1" });
    await bell.next({ type: "invitation", state: "accepted" });
    await desktop.waitForNoNotification({ text: "number 1" });
    expect(await desktop.notifications()).toHaveLength(2);
    await picture("2-two");
  });
});
