import { describe, expect, it } from "vitest";

import { proxyCredentials } from "./proxy-credentials.ts";

const proxy = { host: "proxy.example", port: 3128 };

describe("what a proxy wants to know", () => {
  it.each([
    ["https_proxy", "http://tosh:p%40ss%25@proxy.example:3128", { username: "tosh", password: "p@ss%" }],
    ["HTTP_PROXY", "http://tosh@PROXY.example:3128/", { username: "tosh", password: "" }],
    ["https_proxy", "tosh:secret@proxy.example:3128", { username: "tosh", password: "secret" }],
    ["all_proxy", "http://t%6Fsh:100%@proxy.example:3128", { username: "tosh", password: "100%" }],
  ])("is taken from %s", (name, value, credentials) => {
    expect(proxyCredentials({ [name]: value }, proxy)).toEqual(credentials);
  });

  it("is found by the port that a scheme has", () => {
    const env = { https_proxy: "http://tosh:secret@proxy.example" };
    expect(proxyCredentials(env, { ...proxy, port: 80 })?.username).toBe("tosh");
    expect(proxyCredentials(env, { ...proxy, port: 443 })).toBeNull();
  });

  it.each([
    "http://tosh:secret@other.example:3128",
    "http://tosh:secret@proxy.example:3129",
    "http://proxy.example:3128",
    "",
  ])("is given to no other proxy, and not made up: %s", (value) => {
    expect(proxyCredentials({ https_proxy: value }, proxy)).toBeNull();
  });
});
