import { request as secureRequest } from "node:https";
import { connect, rootCertificates } from "node:tls";
import { describe, expect, it } from "vitest";
import type { Listening } from "./listen.ts";
import { json } from "../testing/stranger.ts";
import { failure, starting } from "../testing/sockets.ts";

const start = starting();

function peerCertificate(at: Listening): Promise<{ fingerprint256: string; subjectaltname?: string }> {
  const { hostname, port } = new URL(at.discovery);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), ca: at.certificate!.authority }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    }).on("error", reject);
  });
}

describe("TLS", () => {
  it("is trusted by who trusts the authority, on every name of this machine and those that were given", async () => {
    const at = await start({ tls: { names: ["lyncdiscover.doorbell.example"] } });
    expect(at.discovery).toMatch(/^https:/);
    expect(await failure(at, `${at.discovery}/`)).toBeNull();
    expect(await failure(at, `${at.discovery.replace("127.0.0.1", "localhost")}/`)).toBeNull();
    const shown = await peerCertificate(at);
    expect(shown.fingerprint256).toBe(at.certificate!.fingerprint);
    expect(shown.subjectaltname).toContain("DNS:lyncdiscover.doorbell.example");
  });

  it("is trusted by nobody else", async () => {
    const at = await start({ tls: true });
    expect(await failure(at, `${at.discovery}/`, rootCertificates[0])).toMatch(
      /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY/,
    );
  });

  it.each([
    ["expired", "CERT_HAS_EXPIRED"],
    ["wrongHost", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ] as const)("a certificate can be wrong: %s", async (kind, code) => {
    const at = await start({ tls: { kind } });
    expect(await failure(at, `${at.discovery}/`)).toBe(code);
  });

  it("a certificate can be self-signed: its authority is nobody", async () => {
    const at = await start({ tls: { kind: "selfSigned" } });
    expect(await failure(at, `${at.discovery}/`, rootCertificates[0])).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  it("every link is https", async () => {
    const at = await start({ tls: true });
    const text = await new Promise<string>((resolve, reject) => {
      secureRequest(`${at.discovery}/`, { headers: json, ca: at.certificate!.authority }, (answer) => {
        let all = "";
        answer.on("data", (part) => (all += String(part))).on("end", () => resolve(all));
      })
        .on("error", reject)
        .end();
    });
    expect(text).toContain('"href":"https://');
    expect(text).not.toContain("http://");
  });
});
