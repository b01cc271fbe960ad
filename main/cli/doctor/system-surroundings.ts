import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { connect } from "node:tls";
import { SILENT_LOGGER } from "../../platform/logger.ts";
import type { Clock } from "../../platform/ports.ts";
import { FreedesktopNotifications } from "../../surfaces/native/freedesktop/freedesktop.ts";
import { busCall, openSessionBus, sessionBusAddress } from "../../platform/bus/session-bus.ts";
import type { ShownCertificate, Surroundings } from "./surroundings.ts";

/** In milliseconds. */
const RESOLVE_LIMIT_MS = 5_000;
const CERTIFICATE_LIMIT_MS = 5_000;
const BUS_LIMIT_MS = 1_000;
const TRAY_HOST = "org.kde.StatusNotifierWatcher";

/** The network and the desktop of this machine. */
export function systemSurroundings(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): Surroundings {
  return {
    resolve: (host) => resolve(host, clock),
    certificate: (origin) => certificate(origin, clock),
    desktop:
      platform === "linux"
        ? async () => {
            const address = sessionBusAddress(env);
            const service = new FreedesktopNotifications({ address, clock, logger: SILENT_LOGGER });
            const [notifications, trayHost] = await Promise.all([
              service.capabilities(),
              address === null ? null : hasTrayHost(address, clock),
            ]);
            await service.dispose();
            return { notifications, trayHost };
          }
        : null,
  };
}

/** As the network stack itself asks, so that a hosts file counts too. */
async function resolve(host: string, clock: Clock): Promise<readonly string[]> {
  const { promise: late, resolve: giveUp } = Promise.withResolvers<readonly string[]>();
  const cancel = clock.after(RESOLVE_LIMIT_MS, () => giveUp([]));
  const asked = lookup(host, { all: true }).then(
    (found) => found.map(({ address }) => address),
    () => [],
  );
  const addresses = await Promise.race([asked, late]);
  cancel();
  return addresses;
}

function certificate(origin: string, clock: Clock): Promise<ShownCertificate | null> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return new Promise((settle) => {
    const socket = connect({
      host,
      port: port === "" ? 443 : Number(port),
      // Nothing is sent over this connection; a certificate that is not trusted is to be read as well.
      rejectUnauthorized: false,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    const finish = (shown: ShownCertificate | null): void => {
      cancel();
      socket.destroy();
      settle(shown);
    };
    const cancel = clock.after(CERTIFICATE_LIMIT_MS, () => finish(null));
    socket.on("error", () => finish(null));
    socket.once("secureConnect", () => {
      const { issuer, valid_to: until } = socket.getPeerCertificate();
      const validUntil = Date.parse(until);
      if (Number.isNaN(validUntil)) return finish(null);
      // Declared as an error; it is the code of one.
      const refusal: unknown = socket.authorizationError;
      finish({
        issuer: [issuer.O ?? issuer.CN ?? ""].flat().join(", "),
        validUntil,
        refusal: socket.authorized ? null : refusalCode(refusal),
      });
    });
  });
}

function refusalCode(refusal: unknown): string {
  if (refusal instanceof Error) return "code" in refusal ? String(refusal.code) : refusal.name;
  return typeof refusal === "string" ? refusal : "not trusted";
}

async function hasTrayHost(address: string, clock: Clock): Promise<boolean | null> {
  const options = { address, clock, logger: SILENT_LOGGER, limitMs: BUS_LIMIT_MS };
  const bus = await openSessionBus(options, { signal() {}, lost() {} });
  if (bus === null) return null;
  const result = await bus.ask(busCall("NameHasOwner", "s", [TRAY_HOST]));
  bus.close();
  return result.outcome === "answered" ? result.body[0] === true : null;
}
