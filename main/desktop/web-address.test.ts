import { describe, expect, it } from "vitest";

import { isPrivateWebAddress } from "./web-address.ts";

describe("the pages of the web that may be shown", () => {
  it.each([
    "https://sts.contoso.example/adfs/ls/?x=1",
    "http://127.0.0.1:5080/",
    "http://localhost/",
    "http://[::1]:1/",
  ])("hold %s", (url) => expect(isPrivateWebAddress(url)).toBe(true));

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
  ])("do not hold %j", (url) => expect(isPrivateWebAddress(url)).toBe(false));
});
