import { app, session, type Session } from "electron";

import { endpointIdFor, machineIdentity } from "../../account/endpoint-id.ts";
import { Doorbell } from "../../core/doorbell.ts";
import { answerCertificateRequests } from "../../desktop/client-certificates.electron.ts";
import { ClientCertificates } from "../../desktop/client-certificates.ts";
import { lockDownWebSession } from "../../desktop/lockdown.electron.ts";
import { askInBox } from "../../desktop/message-box.electron.ts";
import { isSomebodyThere } from "../../desktop/power.electron.ts";
import { logImpossible } from "../../platform/transition-table.ts";
import { createSession } from "../../ucwa/session.ts";
import type { Context } from "../context.electron.ts";
import { PersonalSession } from "./personal-session.electron.ts";
import { SignIn } from "./sign-in.ts";
import type { Stores } from "../stores.electron.ts";

/** One doorbell for the run, one session for each sign-in, and the HTTP that they speak. */
export interface Account {
  readonly doorbell: Doorbell;
  readonly signIn: SignIn;
  readonly http: PersonalSession;
}

/** What the account asks of the windows, which are opened after it. */
export interface AccountHooks {
  readonly changed: () => void;
  readonly show: () => void;
}

export function openAccount(context: Context, { settings, secrets }: Stores, hooks: AccountHooks): Account {
  const { clock, random, logger, env, platform, version, image } = context;
  const { changed, show } = hooks;
  const certificates = new ClientCertificates({ ask: askInBox, logger });
  answerCertificateRequests(certificates);
  const http = new PersonalSession(
    () => ({ session: webSession("doorbell-http"), once: webSession("doorbell-http-once") }),
    {
      clock,
      logger,
      icon: image("app/256.png"),
      certificates,
      env,
      attended: () => signIn.attended,
      changed,
    },
  );
  const onImpossible = logImpossible(logger);
  const own = { drawsPhotos: true, followsPresence: true } as const;
  const doorbell = new Doorbell({ clock, random, logger, onImpossible, ...own });
  const signIn = new SignIn({
    doorbell,
    settings,
    secrets,
    clock,
    logger,
    network: http,
    ask: askInBox,
    platform,
    changed,
    show,
    createSession: ({ address, password, server, trusted, applications, windowsSession, discovered }) =>
      createSession({
        fetch: http.fetch,
        clock,
        random,
        logger,
        onImpossible,
        listener: doorbell,
        present: isSomebodyThere,
        integrated: windowsSession,
        federation: http,
        discovered,
        account: {
          address,
          password,
          server,
          trusted,
          applications,
          endpointId: settings.current.endpointId ?? endpointIdFor(machineIdentity(), address),
          instanceId: random.uuid(),
          userAgent: `Doorbell/${version}`,
          culture: app.getLocale() || "en-US",
        },
      }),
  });
  return { doorbell, signIn, http };
}

/** In memory, since its name does not begin with `persist:`. */
function webSession(name: string): Session {
  const made = session.fromPartition(name, { cache: false });
  lockDownWebSession(made);
  return made;
}
