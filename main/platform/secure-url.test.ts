import { describe, expect, it } from "vitest";

import { isLoopback, isSecureUrl, isSecureUrlWithoutUser } from "./secure-url.ts";

describe("the addresses that may be shown and kept", () => {
  it.each([
    "https://sts.contoso.example/adfs/ls/?x=1",
    "http://127.0.0.1:5080/",
    "http://localhost/",
    "http://[::1]:1/",
  ])("hold %s", (url) => expect(isSecureUrlWithoutUser(url)).toBe(true));

  it.each([
    "http://sts.contoso.example/",
    "https://sts.contoso.example@evil.example/",
    "http://127.0.0.1.evil.example/",
    "http://localhost.evil.example/",
    "app://doorbell/panel.html",
    "file:///etc/passwd",
    "data:text/html,hello",
    "javascript:alert(1)",
    "mailto:tosh@contoso.example",
    "about:blank",
    "sts.contoso.example",
    "",
  ])("do not hold %j", (url) => expect(isSecureUrlWithoutUser(url)).toBe(false));
});

describe("this machine", () => {
  it.each(["http://127.0.0.1:1/", "http://127.9.9.9/", "https://localhost/", "http://[::1]/"])(
    "is %s",
    (url) => expect(isLoopback(url)).toBe(true),
  );

  it.each([
    "http://127.0.0.1.evil.example/",
    "http://localhost.evil.example/",
    "http://10.0.0.1/",
    "localhost",
    "",
  ])("is not %j", (url) => expect(isLoopback(url)).toBe(false));
});

it("a credential may travel to a URL with a user name before its host, which is the network stack's to refuse", () => {
  expect(isSecureUrl("https://user@pool.example/")).toBe(true);
  expect(isSecureUrl("http://user@pool.example/")).toBe(false);
});
