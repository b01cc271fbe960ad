import { expect, it } from "vitest";
import { ownHosts } from "./own-hosts.ts";

it.each([
  [
    "contoso.example",
    null,
    ["contoso.example", "sts.contoso.example"],
    ["acontoso.example", "contoso.example.evil", ""],
  ],
  ["bücher.example", null, ["web.xn--bcher-kva.example"], ["web.bucher.example"]],
  [
    "contoso.example",
    "https://pool.hoster.example:8443/",
    ["pool.hoster.example"],
    ["hoster.example", "a.pool.hoster.example"],
  ],
  ["not a domain", "nonsense", [], ["", "nonsense", "contoso.example"]],
])("the hosts of %s with the server %s are its own alone", (domain, server, own, others) => {
  const isOwn = ownHosts(domain, server);
  for (const host of own) expect(isOwn(host), host).toBe(true);
  for (const host of others) expect(isOwn(host), host).toBe(false);
});
