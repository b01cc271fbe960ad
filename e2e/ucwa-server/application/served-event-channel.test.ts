import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  availableApplication,
  createApplication,
  due,
  eventsOf,
  inWords,
  underWay,
  virtualServer,
} from "../testing/client.ts";
import { fresh } from "../testing/fresh.ts";
import { ada, brokenRules } from "../testing/ring.ts";

describe("an event request (events, EventsInUCWA)", () => {
  it.each([
    ["", 180_000],
    ["&timeout=600", 600_000],
  ])(
    "with %j is held for %i ms and then released empty, with a next link",
    { tags: ["events-timeout", "heartbeat"] },
    async (parameter, holdMs) => {
      const { server, application, events } = await fresh();
      const request = underWay(application.poll(events + parameter));
      await server.control.advance(holdMs - 1);
      expect(request.reply).toBeNull();
      await server.control.advance(1);
      await due(server);
      expect([request.reply?.status, request.reply?.json.sender]).toEqual([200, []]);
      expect(Object.keys(request.reply?.json._links)).toEqual(["self", "next"]);
      expect(request.reply?.json._links.next.href).toMatch(/ack=2$/);
    },
  );

  it(
    "adds to the link what it asks for, and the server remembers that",
    { tags: ["events-parameters-added", "events-parameters-remembered"] },
    async () => {
      const { server, application, events } = await fresh();
      const first = underWay(application.poll(`${events}&timeout=600`));
      await server.control.advance(600_000);
      await due(server);
      const second = underWay(application.poll(first.reply?.json._links.next.href));
      await server.control.advance(599_999);
      expect(second.reply).toBeNull();
      await server.control.advance(1);
      await due(server);
      expect(second.reply?.status).toBe(200);
      expect(brokenRules(server)).toEqual([]);
    },
  );

  it.each(["timeout=179", "timeout=1801", "medium=4", "low=1801", "low=x", "priority=1.5"])(
    "is refused with %s",
    { tags: ["events-range"] },
    async (parameter) => {
      const { server, application, events } = await fresh();
      const answer = await application.get(`${events}&${parameter}`);
      expect([answer.status, answer.json.subcode]).toEqual([400, "ParameterValidationFailure"]);
      expect(brokenRules(server)).toEqual(["eventParameterOutOfRange"]);
    },
  );

  it("speaks XML when asked (EventChannelDetails)", async () => {
    const { server, application, events, makeAvailable } = await fresh();
    await makeAvailable({ supportedModalities: ["Messaging"] });
    const request = underWay(application.get(events, { Accept: "application/vnd.microsoft.com.ucwa+xml" }));
    await server.control.advance(5000);
    await due(server);
    expect(request.reply?.text).toMatch(
      /<events href="[^"]+ack=1" xmlns="http:\/\/schemas.microsoft.com\/rtc\/2012\/03\/ucwa">/,
    );
    expect(request.reply?.text).toMatch(/<link rel="next" href="[^"]+ack=2"/);
    expect(request.reply?.text).toMatch(/<added rel="presence" href="[^"]+\/me\/presence"/);
  });
});

describe("acknowledgement (EventsInUCWA, EventChannelDetails)", () => {
  it(
    "serves the same package for the same ack until the next one acknowledges it",
    { tags: ["unread-answer-kept"] },
    async () => {
      const { server, application, events, makeAvailable } = await fresh();
      await makeAvailable({ supportedModalities: ["Messaging"] });
      const first = underWay(application.poll(events));
      await server.control.advance(5000);
      await due(server);
      const again = await application.get(events);
      expect(again.json).toEqual(first.reply?.json);
      const next = underWay(application.poll(again.json._links.next.href));
      await due(server);
      expect(next.reply).toBeNull();
      expect(brokenRules(server)).toEqual([]);
    },
  );

  it(
    "answers an ack that was never handed out with resync, which leads back to what is not acknowledged",
    { tags: ["resync", "ack-untouched"] },
    async () => {
      const { server, application, events } = await fresh();
      const wrong = await application.get(events.replace("ack=1", "ack=7"));
      expect(Object.keys(wrong.json)).toEqual(["_links"]);
      expect(wrong.json._links.resync.href).toBe(events);
      expect(brokenRules(server)).toEqual(["editedAck"]);
    },
  );

  it("answers an ack that has been acknowledged with resync", { tags: ["no-older-ack"] }, async () => {
    const server = virtualServer();
    const { application, channel } = await availableApplication(server);
    const old = await application.get(application.resource._links.events.href);
    expect(old.json._links.resync.href).toBe(channel.next);
    expect(brokenRules(server)).toEqual(["staleAck"]);
  });

  it("leads on by one link of three in every answer", { tags: ["one-way-on"] }, async () => {
    const { server, application, events } = await fresh();
    server.control.conversations.interject("resume");
    const resume = await application.get(events);
    const resync = await application.get(events.replace("ack=1", "ack=7"));
    const next = underWay(application.poll(resume.json._links.resume.href));
    await server.control.advance(180_000);
    await due(server);
    const ways = [resume, resync, next.reply].map((answer) =>
      Object.keys(answer?.json._links).filter((rel) => rel !== "self"),
    );
    expect(ways).toEqual([["resume"], ["resync"], ["next"]]);
  });

  it("says nothing out of turn when told to, and goes on from there", async () => {
    const server = virtualServer();
    const { channel } = await availableApplication(server);
    for (let turn = 0; turn < 2; turn++) {
      server.control.conversations.interject("nothing");
      expect((await channel.read(0)).map(eventsOf)).toEqual([[]]);
    }
    server.control.invite({ to: ada });
    expect((await channel.read(0)).flatMap(inWords)[0]).toBe("communication started messagingInvitation");
  });

  it(
    "says resume after ten minutes of silence, and has dropped what was ringing",
    { tags: ["resume"] },
    async () => {
      const server = virtualServer();
      const { application, channel } = await availableApplication(server);
      const id = server.control.invite({ to: ada, rings: 3_600_000 });
      await channel.read(0);
      await server.control.advance(180_000 + 10 * 60_000 + 1);
      const back = await application.get(channel.next);
      expect(Object.keys(back.json._links)).toEqual(["self", "resume"]);
      expect(server.control.state().invitations.find((one) => one.id === id)?.state).toBe("lost");
    },
  );
});

describe("two event requests at once (EventsInUCWA, PGetReplaced)", () => {
  it("the later one stays unless its priority is lower", { tags: ["events-priority"] }, async () => {
    const { server, application, events } = await fresh();
    const first = underWay(application.poll(`${events}&priority=4`));
    await due(server);
    const second = underWay(application.poll(`${events}&priority=4`));
    await server.control.advance(250);
    await due(server);
    expect([first.reply?.json.subcode, second.reply]).toEqual(["PGetReplaced", null]);
    const third = await application.get(`${events}&priority=3`);
    expect([third.json.subcode, second.reply]).toEqual(["PGetReplaced", null]);
    const fourth = underWay(application.poll(`${events}&priority=5`));
    await server.control.advance(250);
    await due(server);
    expect([second.reply?.json.subcode, fourth.reply]).toEqual(["PGetReplaced", null]);
    expect(brokenRules(server)).toEqual([]);
  });

  it(
    "of two copies with one endpoint id: the older is answered 409, and it is a breach",
    { tags: ["same-endpoint-steals", "events-409"] },
    async () => {
      const { server, application, events } = await fresh();
      const older = underWay(application.poll(events));
      await due(server);
      const copy = await createApplication(server);
      underWay(copy.poll(copy.resource._links.events.href));
      await server.control.advance(250);
      await due(server);
      expect([older.reply?.status, older.reply?.json.subcode]).toEqual([409, "PGetReplaced"]);
      expect(brokenRules(server)).toEqual(["twoEventRequests"]);
    },
  );

  it("of which the client has just given the first up: no breach", async () => {
    const { server, application, events } = await fresh();
    const abort = new AbortController();
    const older = underWay(application.poll(events, abort.signal));
    await due(server);
    const newer = underWay(application.poll(events));
    await due(server);
    abort.abort();
    await server.control.advance(1000);
    await due(server);
    expect([older.failed, newer.reply, brokenRules(server)]).toEqual([true, null, []]);
  });

  it(
    "of two instances go on side by side, each with every event (MultiTabSupport)",
    { tags: ["instance-channel"] },
    async () => {
      const server = virtualServer();
      const first = await createApplication(server, { instanceId: "a" });
      const second = await createApplication(server, { instanceId: "b" });
      expect(second.resource._links.events.href).toMatch(/ack=1&instanceId=b$/);
      const answers = [first, second].map((one) => underWay(one.poll(one.resource._links.events.href)));
      await due(server);
      await first.send("POST", first.resource._embedded.me._links.makeMeAvailable.href, {});
      await server.control.advance(5000);
      await due(server);
      for (const { reply } of answers) expect(reply && inWords(reply)).toHaveLength(5);
      expect(brokenRules(server)).toEqual([]);
    },
  );
});

it(
  "loses and repeats no event for a client that follows the links, wherever connections are cut",
  { tags: ["next-acknowledges"] },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("say", "sayTwice", "cutBefore", "cutMid", "hangUp", "wait"), {
          maxLength: 25,
        }),
        async (steps) => {
          const server = virtualServer();
          const { application, channel } = await availableApplication(server);
          const id = server.control.invite({ to: ada, message: null });
          const [started] = await channel.read(0);
          await application.send(
            "POST",
            eventsOf(started!)[0]._embedded.messagingInvitation._links.accept.href,
          );
          await channel.read(2000);

          const heard: string[] = [];
          const said: string[] = [];
          await channel.hangUp();
          let link = channel.next;
          let abort = new AbortController();
          let request = underWay(application.poll(link, abort.signal));
          const follow = async (): Promise<void> => {
            await due(server);
            while (request.reply || request.failed) {
              if (request.reply) {
                for (const event of eventsOf(request.reply))
                  if (event.link.rel === "message")
                    heard.push(event._embedded.message._links.plainMessage.href);
                link = request.reply.json._links.next.href;
              }
              abort = new AbortController();
              request = underWay(application.poll(link, abort.signal));
              await due(server);
            }
          };
          for (const step of steps) {
            if (step === "say" || step === "sayTwice")
              for (let left = step === "say" ? 1 : 2; left > 0; left -= 1) {
                const text = `m${said.length}`;
                said.push(`data:text/plain;charset=utf-8,${text}%0d%0a`);
                server.control.say(id, text);
              }
            else if (step === "cutBefore")
              server.control.addFault({ endpoint: "events", cut: "beforeHeaders" });
            else if (step === "cutMid") server.control.addFault({ endpoint: "events", cut: "midBody" });
            else if (step === "hangUp") abort.abort();
            else await server.control.advance(1000);
            await follow();
          }
          server.control.clearFaults();
          await server.control.advance(200_000);
          await follow();
          expect(heard).toEqual(said);
          expect(brokenRules(server)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  },
);
