import { afterEach, describe, expect, it } from "vitest";
import { speak } from "../../../locales/texts.ts";
import type { KeptSecret, KeyringState } from "../../account/secrets.ts";
import { challenge, html, json, POOL, ROOT, TOKEN_PATH } from "../../testing/servers/scripted-server.ts";
import { PASSWORD } from "../../testing/signed-in.ts";
import { Practice } from "../testing/doctor-practice.ts";

const NAMED = "https://lyncdiscoverinternal.contoso.example/";

const JSON_AT_ROOT = ["--json", "--server", ROOT];

describe("The doctor", () => {
  it("finds all well, in the order of the checks, and takes its application away again", async () => {
    const practice = new Practice();
    expect(await practice.status(...JSON_AT_ROOT)).toBe(0);
    expect(practice.outcomes).toEqual([
      "address ok",
      "dns ok",
      "discovery ok",
      "certificate ok",
      "signIn ok",
      "token ok",
      "application ok",
      "events ok",
      "application ok",
      "keychain ok",
      "notifications ok",
      "tray ok",
      "verdict true",
    ]);
    expect(practice.server.alive).toBe(false);
    expect(practice.detail("application", "ok")).toBe("deleted again");
    expect(practice.detail("certificate", "ok")).toBe(`${POOL}: trusted; from Contoso CA, until 2027-01-02`);
    expect(practice.detail("signIn", "ok")).toContain("Windows sign-in, password");
    expect(practice.detail("token", "ok")).toContain("lives until 2026-01-05 17:00 UTC");
    expect(practice.clock.pending).toBe(0);
  });

  it("writes neither password nor token, whatever the form and the level of the log", async () => {
    for (const form of [["--json"], []]) {
      const practice = new Practice();
      await practice.status("--server", ROOT, "--log", "debug", ...form);
      expect(practice.out).not.toBe("");
      for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), "cwt="])
        expect(practice.out + practice.err).not.toContain(secret);
    }
  });

  it("watches the event request for ten seconds before it speaks of it", async () => {
    const practice = new Practice();
    const running = practice.start(...JSON_AT_ROOT);
    await practice.clock.advance(9_999);
    expect(practice.outcomes.at(-1)).toBe("application ok");
    await practice.clock.advance(1);
    expect(practice.outcomes).toContain("events ok");
    await running;
  });

  it("sends a wrong password once, and says what was not reached", async () => {
    const practice = new Practice();
    practice.server.intercept = ({ url }) =>
      new URL(url).pathname === TOKEN_PATH ? json(400, { error: "invalid_grant" }) : undefined;
    expect(await practice.status(...JSON_AT_ROOT)).toBe(1);
    expect(practice.tokenRequests).toBe(1);
    expect(practice.outcomes.slice(4)).toEqual([
      "signIn ok",
      "token failed",
      "application notReached",
      "events notReached",
      "keychain ok",
      "notifications ok",
      "tray ok",
      "verdict false",
    ]);
    expect(practice.detail("token", "failed")).toContain("Check your address and password");
  });

  it.each([
    ["HTML instead of JSON", () => html(200), "discovery"],
    ["a server error", () => html(503), "discovery"],
    [
      "no sign-in by password",
      ({ url }: { url: string }) =>
        url === ROOT
          ? undefined
          : html(401, {
              "WWW-Authenticate": `MsRtcOAuth href="${ROOT}t",grant_type="urn:microsoft.rtc:windows"`,
            }),
      "signIn",
    ],
    [
      "a fresh token that is refused",
      ({ url }: { url: string }) =>
        url.startsWith(`${ROOT}user`) ? challenge(ROOT.slice(0, -1)) : undefined,
      "token",
    ],
    [
      "too many applications",
      ({ url, method }: { url: string; method: string }) =>
        method === "POST" && url.endsWith("/applications") ? json(403, { code: "Forbidden" }) : undefined,
      "application",
    ],
    [
      "nobody made available",
      ({ url }: { url: string }) =>
        url.endsWith("/makeMeAvailable") ? json(403, { code: "Forbidden" }) : undefined,
      "events",
    ],
  ])("tells %s at the right check, once", async (_, intercept, name) => {
    const practice = new Practice();
    practice.server.intercept = (request) => intercept(request);
    expect(await practice.status(...JSON_AT_ROOT)).toBe(1);
    const failed = practice.outcomes.filter((line) => line.endsWith(" failed"));
    expect(failed).toEqual([`${name} failed`]);
    const behind = practice.outcomes.slice(practice.outcomes.indexOf(`${name} failed`) + 1);
    expect(
      behind.filter(
        (line) => line.endsWith(" ok") && !/^(certificate|application|keychain|notif|tray)/.test(line),
      ),
    ).toEqual([]);
    expect(practice.outcomes.at(-1)).toBe("verdict false");
  });

  it("shows a certificate that is not trusted with its issuer", async () => {
    const practice = new Practice();
    practice.certificate = {
      issuer: "Nobody\u001B[2J",
      validUntil: Date.UTC(2027, 0, 2),
      refusal: "SELF_SIGNED_CERT_IN_CHAIN",
    };
    practice.fetch = () =>
      Promise.reject(
        new TypeError("fetch failed", {
          cause: Object.assign(new Error("x"), { code: "SELF_SIGNED_CERT_IN_CHAIN" }),
        }),
      );
    expect(await practice.status(...JSON_AT_ROOT)).toBe(1);
    expect(practice.detail("certificate", "failed")).toContain(
      "not trusted (SELF_SIGNED_CERT_IN_CHAIN); from Nobody[2J, until 2027-01-02. Check the clock",
    );
  });

  it("takes a discovery name that leads nowhere for a warning as long as the next one leads on", async () => {
    const practice = new Practice();
    practice.fetch = (url, init) =>
      url.startsWith(ROOT) || url.startsWith(POOL)
        ? practice.server.fetch(url, init)
        : Promise.reject(Object.assign(new Error("x"), { code: "ENOTFOUND" }));
    expect(await practice.status("--json")).toBe(0);
    expect(practice.detail("dns", "warning")).toContain("lyncdiscoverinternal.contoso.example is not known");
    expect(practice.lines.find(({ name }) => name === "discovery")).toMatchObject({
      result: "warning",
      detail: `${NAMED.slice(0, -1)}: not known to the name server (ENOTFOUND)`,
    });
    expect(practice.outcomes.at(-1)).toBe("verdict true");
  });

  it("does not mind a missing keyring, notification service or tray", async () => {
    const practice = new Practice();
    practice.keyring = "absent";
    practice.desktop = {
      notifications: { available: false, reason: "noBus", detail: "There is no session bus." },
      trayHost: null,
    };
    expect(await practice.status(...JSON_AT_ROOT)).toBe(0);
    expect(practice.outcomes.slice(-4)).toEqual([
      "keychain warning",
      "notifications warning",
      "tray warning",
      "verdict true",
    ]);
    expect(practice.asked).toEqual([]);
  });

  it.each<[KeyringState, KeptSecret, string, string]>([
    ["available", { outcome: "missing" }, "ok", "passwords can be kept"],
    ["locked", { outcome: "missing" }, "ok", "locked; the system asks"],
    ["available", { outcome: "failed", why: "library" }, "warning", "libsecret is missing"],
    ["available", { outcome: "failed", why: "broken" }, "warning", "refuses"],
    ["available", { outcome: "failed", why: "givenUp" }, "warning", "within 5 seconds"],
  ])(
    "tells of a keyring that is %s and answers %o, for nobody's password",
    async (state, answer, result, detail) => {
      const practice = new Practice();
      practice.keyring = state;
      practice.keyringAnswers = answer;
      await practice.status(...JSON_AT_ROOT);
      expect(practice.lines.find(({ name }) => name === "keychain")).toMatchObject({
        result,
        detail: expect.stringContaining(detail),
      });
      expect(practice.asked.every((account) => account.startsWith("nobody "))).toBe(true);
      expect(practice.asked).toHaveLength(state === "locked" ? 0 : 1);
    },
  );

  it("fails when the event channel is lost while it is watched", async () => {
    const practice = new Practice();
    const running = practice.start(...JSON_AT_ROOT);
    await practice.clock.advance(3_000);
    practice.server.intercept = ({ url }) => (url.includes("/events") ? html(503) : undefined);
    practice.server.emit([{ rel: "me", href: "/me", events: [] }]);
    for (let seconds = 0; seconds < 30; seconds++) await practice.clock.advance(1_000);
    expect(await running).toBe(1);
    expect(practice.detail("events", "failed")).toContain("503");
    expect(practice.detail("application", "ok")).toBe("deleted again");
  });

  it("fails where something on the way does not let event requests wait", async () => {
    const practice = new Practice();
    practice.server.intercept = ({ url }) =>
      url.includes("/events") ? new Response(null, { status: 204 }) : undefined;
    expect(await practice.status(...JSON_AT_ROOT)).toBe(1);
    expect(practice.detail("events", "failed")).toContain("came back without news");
  });

  it("gives up a server that keeps it waiting, when told to", async () => {
    const practice = new Practice();
    practice.server.intercept = () => new Promise(() => undefined);
    const running = practice.start(...JSON_AT_ROOT);
    await practice.clock.advance(3_000);
    practice.interruption.raise(130);
    expect(await running).toBe(130);
    expect(practice.outcomes).toEqual(["address ok", "dns ok"]);
    expect(practice.clock.pending).toBe(0);
  });

  it("signs out when it is interrupted, and gives no verdict", async () => {
    const practice = new Practice();
    const running = practice.start(...JSON_AT_ROOT);
    await practice.clock.advance(3_000);
    practice.interruption.raise(130);
    expect(await running).toBe(130);
    expect(practice.server.alive).toBe(false);
    expect(practice.out).not.toContain("verdict");
    expect(practice.clock.pending).toBe(0);
  });

  it("is plain, aligned and without colour where there is no terminal", async () => {
    const practice = new Practice();
    await practice.status("--server", ROOT);
    const checks = practice.out.split("\n").filter((line) => /^[✓!✗-] /.test(line));
    expect(checks.length).toBeGreaterThan(10);
    for (const line of checks) expect(line).toMatch(/^. .{13}  \S/);
    expect(practice.out).toContain('All that "doorbell watch" needs is there.');
    expect(practice.out).not.toContain("\u001B");
  });
});

describe("The doctor in German", () => {
  afterEach(() => speak({ language: "en", region: "en" }));

  const examined = async (practice: Practice, ...options: string[]): Promise<string> => {
    speak({ language: "de", region: "de-DE" });
    await practice.status("--server", ROOT, ...options);
    return practice.out;
  };

  it("says what it has found, with dates and counts, under labels of the same width", async () => {
    const said = await examined(new Practice());
    const checks = said.split("\n").filter((line) => /^[✓!✗-] /.test(line));
    expect(checks.length).toBeGreaterThan(10);
    for (const line of checks) expect(line).toMatch(/^. .{14}  \S/);
    for (const words of [
      "✓ Zertifikat      ",
      `${POOL}: vertrauenswürdig; von Contoso CA, gültig bis 02.01.2027\n`,
      "hat eines ausgestellt; gültig bis 05.01.2026, 17:00 UTC\n",
      "eine Ereignisanfrage bleibt offen, 10 Sekunden lang beobachtet",
      "Alles, was „doorbell watch“ braucht, ist da.\n",
    ])
      expect(said).toContain(words);
  });

  it("says what went wrong, and what to do", async () => {
    const practice = new Practice();
    practice.keyring = "absent";
    practice.server.intercept = ({ url }) =>
      new URL(url).pathname === TOKEN_PATH ? json(400, { error: "invalid_grant" }) : undefined;
    const said = await examined(practice);
    expect(said).toMatch(/^✗ Token .* Prüfen Sie Ihre Adresse und Ihr Kennwort/m);
    expect(said).toMatch(/^- Anwendung .* nicht erreicht$/m);
    expect(said).toMatch(/^! Schlüsselbund .* Es wird kein Kennwort gespeichert\.$/m);
    expect(said).toContain("„doorbell watch“ würde nicht funktionieren");
  });

  it("gives a script the same lines as in English", async () => {
    const english = new Practice();
    await english.status(...JSON_AT_ROOT);
    expect(await examined(new Practice(), "--json")).toBe(english.out);
  });
});
