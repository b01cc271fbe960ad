import { expect, it } from "vitest";
import { eventsOf, inWords } from "../testing/client.ts";
import { ring } from "../testing/ring.ts";

it(
  "sharing of a screen has no invitation: it shows as an update of applicationSharing",
  { tags: ["sharing-no-invitation"] },
  async () => {
    const { server, application, channel, invitation, id } = await ring();
    await application.send("POST", invitation._links.accept.href);
    await channel.read(1000);
    server.control.conversations.setModality(id, "applicationSharing", "Connected");
    const packages = await channel.read(0);
    expect(packages.flatMap(inWords)).toEqual([
      "conversation updated applicationSharing",
      "communication updated conversation",
    ]);
    expect(eventsOf(packages[0]!)[1]._embedded.conversation.activeModalities).toContain("ApplicationSharing");
  },
);
