import { describe, expect, it } from "vitest";
import { readOptions } from "./options.ts";

describe("the command line", () => {
  it("has defaults and demo users", () => {
    expect(readOptions([])).toMatchObject({
      kind: "run",
      host: "127.0.0.1",
      port: 5080,
      applicationsPort: null,
      demo: true,
    });
  });

  it("takes users, ports and a host", () => {
    expect(
      readOptions([
        "--port",
        "0",
        "--applications-port",
        "7001",
        "--host",
        "::1",
        "--user",
        "sip:Ada.Lind@b.example=p=w",
      ]),
    ).toMatchObject({
      port: 0,
      applicationsPort: 7001,
      host: "::1",
      demo: false,
      users: [{ uri: "sip:ada.lind@b.example", name: "Ada Lind", password: "p=w" }],
    });
    expect(readOptions(["--one-origin"])).toMatchObject({ applicationsPort: "same" });
    expect(readOptions(["-h"])).toEqual({ kind: "help" });
  });

  it("takes TLS, an entrance, a second pool and grants", () => {
    expect(
      readOptions([
        ..."--tls --ca-file ca.pem --name a.example --name b.example --certificate expired".split(" "),
        ..."--entrance found --second-pool --restarted --grant password".split(" "),
      ]),
    ).toMatchObject({
      tls: { kind: "expired", names: ["a.example", "b.example"], caFile: "ca.pem" },
      entrance: "found",
      secondPool: true,
      restarted: true,
      grants: ["password"],
    });
  });

  it("takes phone numbers of its users", () => {
    expect(readOptions(["--user", "a@b.example=x", "--phone", "sip:A@b.example=+14255550123"])).toMatchObject(
      {
        users: [{ uri: "sip:a@b.example", phoneNumber: "tel:+14255550123" }],
      },
    );
    for (const mistaken of ["c@b.example=+14255550123", "a@b.example=home", "a@b.example"])
      expect(readOptions(["--user", "a@b.example=x", "--phone", mistaken])).toMatchObject({
        kind: "mistake",
        message: expect.stringMatching(/^--phone takes ADDRESS=NUMBER/),
      });
  });

  it("takes web origins that may ask through the cross-domain frame", () => {
    expect(
      readOptions(["--allow-origin", "http://a.example:81", "--allow-origin", "https://b.example/"]),
    ).toMatchObject({
      allowedOrigins: ["http://a.example:81", "https://b.example/"],
    });
    for (const mistaken of ["a.example", "http://a.example/page", "file:///a", "*"])
      expect(readOptions(["--allow-origin", mistaken])).toEqual({
        kind: "mistake",
        message: "--allow-origin takes a web origin, such as http://localhost:8000.",
      });
  });

  it("takes tickets of its users, also of the demo's, and meetings", () => {
    expect(
      readOptions([
        "--ticket",
        "ada@doorbell.example=a=b",
        "--meeting",
        "sip:ada@doorbell.example;gruu;opaque=app:conf:focus:id:A1=key",
      ]),
    ).toMatchObject({
      users: [{ ticket: "a=b" }, {}, {}],
      meetings: [{ uri: "sip:ada@doorbell.example;gruu;opaque=app:conf:focus:id:A1", key: "key" }],
      demo: true,
    });
  });

  it.each([
    [["--ca-file", "ca.pem"], "--tls"],
    [["--tls", "--certificate", "perfect"], "--certificate"],
    [["--entrance", "back"], "--entrance"],
    [["--grant", "magic"], "--grant"],
    [["--ticket", "eve@doorbell.example=t"], "--ticket"],
    [["--ticket", "ada@doorbell.example"], "--ticket"],
    [["--kerberos", "eve@doorbell.example"], "--kerberos"],
    [["--meeting", "sip:ada@doorbell.example=key"], "--meeting"],
    [["--prot", "1"], "--prot"],
    [["--port", "x"], "--port"],
    [["--port", "65536"], "--port"],
    [["--port"], "--port"],
    [["stray"], "stray"],
    [["--port", "5", "--applications-port", "5"], "--one-origin"],
    [["--one-origin", "--applications-port", "5"], "exclude"],
    [["--user", "ada"], "ADDRESS=PASSWORD"],
    [["--user", "a@b.example=1", "--user", "sip:A@b.example=2"], "twice"],
  ])("answers %j with a sentence that names the mistake", (argv, named) => {
    expect(readOptions(argv)).toEqual({ kind: "mistake", message: expect.stringContaining(named) });
  });

  it("never repeats a password in a mistake", () => {
    expect(JSON.stringify(readOptions(["--user", "not-an-address=hunter2"]))).not.toContain("hunter2");
  });
});
