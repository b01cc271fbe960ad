import { describe, expect, it } from "vitest";
import { html } from "../../testing/servers/scripted-server.ts";
import { offering, SAYS, signedIn, stand } from "./testing/stand.ts";

describe("a token that is refused fresh from the server", () => {
  const refusals: [string, () => Response][] = [
    ["401", () => offering("password")],
    ["403", () => new Response("", { status: 403, headers: offering("password").headers })],
  ];

  it.each(refusals)("by %s ends a first sign-in", async (_, refusal) => {
    const { end } = signedIn((bearer) => (bearer === "" ? undefined : refusal()));
    expect(await end()).toMatchObject({ code: "badCredentials" });
  });

  it.each(refusals)(
    "by %s is the server's own trouble once the sign-in has been online",
    async (_, refusal) => {
      const { end, tokens } = signedIn((bearer) => (bearer === "" ? undefined : refusal()));
      tokens.prove();
      for (let tries = 0; tries < 5; tries++) expect(await end()).toMatchObject({ code: "tokenRefused" });
    },
  );

  it.each([
    ["without a challenge", () => html(401)],
    ["as one of another pool", () => html(500, { "X-Ms-diagnostics": "28032" })],
  ])("%s says nothing of the credentials, in a first sign-in either", async (_, refusal) => {
    const { get, end } = signedIn((bearer) => (bearer === "" ? undefined : refusal()));
    await get().catch(() => undefined);
    expect(await end()).toMatchObject({ code: "tokenRefused" });
  });

  it("ends the sign-in after all when the token endpoint looks at the credentials and refuses them", async () => {
    const { end, tokens, posts } = stand({
      grants: "password",
      password: "right",
      says: [() => SAYS.token("cwt=1"), () => SAYS.token("cwt=2"), SAYS.refused],
      resource: (authorization) => (authorization === "" ? undefined : offering("password")),
    });
    tokens.prove();
    expect(await end()).toMatchObject({ code: "tokenRefused" });
    expect(await end()).toMatchObject({ code: "tokenRefused" });
    expect(await end()).toMatchObject({ code: "badCredentials" });
    expect(await end()).toMatchObject({ code: "badCredentials" });
    expect(posts).toHaveLength(3);
  });

  it("is not sent again", async () => {
    const { end, tokens, bearers } = signedIn((bearer) => (bearer === "" ? undefined : offering("password")));
    tokens.prove();
    await end();
    await end();
    expect(bearers).toEqual(["", "Bearer cwt=1", "Bearer cwt=2"]);
  });

  it("says nothing of the credentials when everything was forgotten meanwhile", async () => {
    const at = signedIn((bearer) => {
      if (bearer === "") return undefined;
      at.tokens.clear();
      return offering("password");
    });
    expect(await at.end()).toMatchObject({ code: "tokenRefused" });
  });

  it("ends a sign-in with another password as it ends a first one", async () => {
    const { end, tokens } = stand({
      grants: "password",
      password: "right",
      says: [SAYS.refused, () => SAYS.token("cwt=1")],
      resource: (authorization) => (authorization === "" ? undefined : offering("password")),
    });
    tokens.prove();
    expect(await end()).toMatchObject({ code: "badCredentials" });
    tokens.forgetRefusal();
    expect(await end()).toMatchObject({
      code: "badCredentials",
      sentence: expect.stringContaining("confirmed who you are") as string,
    });
  });
});
