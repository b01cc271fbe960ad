import { commandLine } from "../command-line.ts";

interface Rule {
  readonly pattern: RegExp;
  /** Null for `~NOTFOUND`. */
  readonly host: string | null;
  readonly port: string;
}

/** Chromium's switch of the same name, as far as `MAP`: tests send names of their own to this machine. */
export const HOST_RULES = commandLine.getSwitchValue("host-resolver-rules");
const RULES: readonly Rule[] = HOST_RULES.split(",").flatMap((text): Rule[] => {
  const [verb = "", pattern = "", replacement = ""] = text.trim().split(/\s+/);
  if (verb === "") return [];
  if (verb.toUpperCase() !== "MAP")
    throw new Error(`The stand-in knows no ${verb} in --host-resolver-rules.`);
  const [host = "", port = ""] = replacement.split(":");
  return [{ pattern: patternOf(pattern), host: replacement === "~NOTFOUND" ? null : host, port }];
});

/** Where a request for this address goes; null when its name is not found. The first rule that matches decides. */
export function mapped({
  hostname,
  port,
  protocol,
}: URL): { readonly host: string; readonly port: string } | null {
  const own = {
    host: hostname.replaceAll(/[[\]]/g, ""),
    port: port || (protocol === "https:" ? "443" : "80"),
  };
  const rule = RULES.find(({ pattern }) => pattern.test(hostname) || pattern.test(`${hostname}:${own.port}`));
  if (rule === undefined) return own;
  return rule.host === null ? null : { host: rule.host, port: rule.port || own.port };
}

function patternOf(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`, "i");
}
