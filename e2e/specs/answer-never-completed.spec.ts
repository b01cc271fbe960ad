import { expect, test } from "./support/test.ts";

// Nearly a minute of waiting, in a file that comes early: the other workers have enough to do meanwhile.

test("an accept is answered 204 and never completed: it is asked after, and told, within a bounded time", async ({
  server,
  doorbell,
}) => {
  test.setTimeout(90_000);
  await server.control("PUT", "switches", { swallowCompletion: true });
  const bell = doorbell();
  await bell.online();
  await server.invite();
  const { id } = await bell.next({ type: "invitation", state: "ringing" });
  bell.send({ accept: id });
  await bell.next({ type: "answer", command: "accept", ok: true });
  const end = await bell.next({ type: "invitation", state: "failed" }, 60_000);
  expect(end["reason"]).toMatchObject({ message: expect.stringContaining("never said") });
  const asked = (await server.state()).requests.filter(
    ({ method, endpoint }) => method === "GET" && endpoint === "invitation",
  );
  expect(asked.length).toBeGreaterThan(0);
});
