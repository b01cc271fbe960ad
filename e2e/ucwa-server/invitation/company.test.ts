import { expect, it } from "vitest";
import { ControlError } from "../control/control.ts";
import { eventsOf, hrefOf, virtualServer } from "../testing/client.ts";
import { ada, ring } from "../testing/ring.ts";

const caller = { uri: "sip:dana@partner.example", name: "Dana Birkby" };

it("who is in the conversation already turns up in it before the caller does", async () => {
  const others = [{ uri: "sip:mei@partner.example", name: "Mei Tanaka" }];
  const { first, channel } = await ring({ from: caller, others });
  const added = [first, ...(await channel.read(2_000))]
    .flatMap(eventsOf)
    .filter(({ type, link }) => type === "added" && link.rel === "participant");
  expect(added.map(({ link }) => link.title)).toEqual(["Mei Tanaka", "Dana Birkby"]);
});

it("who calls is a link without a name when told so, and can be read there", async () => {
  const server = virtualServer({ switches: { callerLinkOnly: true } });
  const { application, invitation } = await ring({ from: caller }, {}, server);
  expect([invitation._embedded, invitation._links.from.title]).toEqual([undefined, undefined]);
  expect((await application.get(hrefOf(invitation, "from"))).json).toMatchObject(caller);
});

it("a meeting has its attendees, and no others", () => {
  const others = [{ uri: "sip:mei@partner.example" }];
  const invite = () => virtualServer().control.invite({ to: ada, kind: "onlineMeeting", others });
  expect(invite).toThrow(ControlError);
});
