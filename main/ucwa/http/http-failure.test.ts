import { describe, expect, it } from "vitest";
import { ProxyAuthenticationError, ProxyFailureError } from "../../platform/fetch/fetch-answer.ts";
import { failureOf } from "./http.ts";
import type { HttpFailure } from "./http.ts";
import { ask } from "./testing/ask.ts";

describe("one HTTP exchange", () => {
  it.each([
    [
      new ProxyFailureError("502", "proxy.example:3128"),
      "The proxy proxy.example:3128 can't reach pool.contoso.example",
    ],
    [new ProxyFailureError("ECONNREFUSED", "proxy.example:3128"), "Can't reach the proxy proxy.example:3128"],
    [new ProxyFailureError("502", null), "The proxy can't reach pool.contoso.example"],
    [new ProxyFailureError("ECONNREFUSED", null), "Can't reach the proxy"],
    [new Error("net::ERR_TUNNEL_CONNECTION_FAILED"), "The proxy can't reach pool.contoso.example"],
    [
      new Error("net::ERR_PROXY_CONNECTION_FAILED"),
      "Can't reach the proxy on the way to pool.contoso.example",
    ],
  ])("names the proxy that leads to no server: %s", async (failure, message) => {
    const { clock, ended } = ask(async () => {
      throw failure;
    });
    await clock.settle();
    expect(ended).toMatchObject([{ kind: "unreachable", message }]);
  });

  it.each([
    ["proxy.example:3128", "The proxy proxy.example:3128 wants a user name and password"],
    [null, "A proxy on the way to pool.contoso.example wants a user name and password"],
  ])("names the proxy that wants a password: %s", async (proxy, sentence) => {
    const { clock, ended } = ask(() => Promise.reject(new ProxyAuthenticationError(proxy)));
    await clock.settle();
    expect(ended).toMatchObject([{ kind: "proxy", message: sentence }]);
  });

  it("has a sentence for people even where the address is none", async () => {
    const { clock, ended } = ask(() => Promise.reject(new Error("x")), { url: "nonsense" });
    await clock.settle();
    expect((ended[0] as HttpFailure).message).toBe("Can't reach the server");
  });

  it.each([
    ["ENOTFOUND", "unknownHost"],
    ["ERR_NAME_NOT_RESOLVED", "unknownHost"],
    ["ECONNREFUSED", "unreachable"],
    ["ERR_CERT_AUTHORITY_INVALID", "certificate"],
    ["ERR_SSL_CLIENT_AUTH_CERT_NEEDED", "clientCertificate"],
    ["ERR_BAD_SSL_CLIENT_AUTH_CERT", "clientCertificate"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate"],
    ["UND_ERR_CONNECT_TIMEOUT", "timeout"],
    ["UND_ERR_HEADERS_OVERFLOW", "unreachable"],
  ])("calls %s by its kind", async (code, kind) => {
    const error = new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) });
    const { clock, ended } = ask(() => Promise.reject(error));
    await clock.settle();
    expect(ended).toMatchObject([{ kind, code }]);
    // The code is for administrators.
    expect((ended[0] as HttpFailure).message).toContain("pool.contoso.example");
    expect((ended[0] as HttpFailure).message).not.toContain(code);
    // The same for whoever asks beside the client.
    expect(failureOf(error, "pool.contoso.example")).toEqual(ended[0]);
  });

  it("calls an error without a code unreachable, and looks for the code no deeper than errors are nested", async () => {
    const nested = (levels: number): Error =>
      levels === 0
        ? Object.assign(new Error("x"), { code: "ENOTFOUND" })
        : new Error("x", { cause: nested(levels - 1) });
    for (const [error, kind] of [
      [nested(0), "unknownHost"],
      [nested(5), "unknownHost"],
      [nested(6), "unreachable"],
      [Object.assign(new Error("x"), { code: 7 }), "unreachable"],
      [new Error("x", { cause: "ENOTFOUND" }), "unreachable"],
      ["ENOTFOUND", "unreachable"],
      [new Error("net::ERR_NAME_NOT_RESOLVED at an address"), "unknownHost"],
    ] as const) {
      const { clock, ended } = ask(() => Promise.reject(error));
      await clock.settle();
      if (kind === "unreachable") expect(ended).toMatchObject([{ kind, code: "" }]);
      else expect(ended).toMatchObject([{ kind }]);
    }
  });

  it("calls an answer that broke off so, whatever its status", async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Uint8Array.of(0x7b));
        controller.error(new TypeError("terminated"));
      },
    });
    const { clock, ended } = ask(async () => new Response(stream));
    await clock.settle();
    expect(ended).toMatchObject([{ kind: "interrupted" }]);
  });

  it("keeps nothing of an error that may quote a header, nor the path of an address", async () => {
    const quoting = new TypeError('Headers.append: "Bearer cwt=secret" is an invalid header value.');
    const { clock, ended } = ask(() => Promise.reject(quoting));
    await clock.settle();
    const [failure] = ended as HttpFailure[];
    expect(failure?.message).toBe("Can't reach pool.contoso.example");
    expect(`${String(failure?.cause)} ${failure?.stack}`).not.toMatch(/secret/);
  });
});
