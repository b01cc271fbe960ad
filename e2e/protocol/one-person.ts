import { Doorbell, type DoorbellDeps } from "../../main/core/doorbell.ts";
import { SILENT_LOGGER } from "../../main/testing/rig.ts";
import { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { createSession } from "../../main/ucwa/session.ts";
import { DISCOVERY, TOSH, Wire } from "./wire.ts";
import type { WireOptions } from "./wire.ts";

type Reach = ReturnType<Wire["fetchOf"]>;

interface PersonOptions extends Pick<DoorbellDeps, "drawsPhotos" | "followsPresence"> {
  /** What stands between the person and the server, to watch what passes. */
  readonly through?: (reach: Reach) => Reach;
}

/** One person, signed in and available, at a server that keeps a list of our breaches. */
export async function onePerson(
  options: WireOptions = {},
  { through = (reach) => reach, ...own }: PersonOptions = {},
) {
  const clock = new VirtualClock();
  const wire = new Wire(clock, options);
  let uuids = 0;
  const random = {
    uuid: () => `00000000-0000-4000-8000-${String(++uuids).padStart(12, "0")}`,
    fraction: () => 0.5,
  };
  const bell = new Doorbell({
    clock,
    random,
    logger: SILENT_LOGGER,
    ...own,
  });
  const session = createSession({
    fetch: through(wire.fetchOf(() => false)),
    clock,
    random,
    logger: SILENT_LOGGER,
    listener: bell,
    account: {
      address: TOSH.uri.slice(4),
      password: async () => TOSH.password,
      server: `${DISCOVERY}/`,
      trusted: [],
      endpointId: "office",
      instanceId: "office",
      userAgent: "Doorbell",
      culture: "en-US",
    },
  });
  bell.attach(session);
  session.start();
  await clock.advance(1_000);
  const { control } = wire.server;
  const newest = () => {
    const invitation = bell.state.invitations.at(-1);
    if (!invitation) throw new Error("expected an invitation");
    return invitation;
  };
  return { clock, wire, bell, session, control, newest };
}
