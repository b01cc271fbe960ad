import type { Applications } from "../application/applications.ts";
import type { Held } from "../http/delivery.ts";
import type { Faults } from "../faults/faults.ts";
import type { PassiveSignIn } from "../sign-in/passive-sign-in.ts";
import type { RequestList } from "../http/request-list.ts";
import type { Tokens } from "../sign-in/issued-tokens.ts";
import type { Watchers } from "../watchers.ts";

/** What the control needs of the server. */
export interface ControlParts {
  readonly applications: Applications;
  readonly tokens: Tokens;
  readonly passive: PassiveSignIn;
  readonly faults: Faults;
  readonly held: Held;
  readonly fingerprint: string | null;
  readonly requests: RequestList;
  readonly watchers: Watchers;
}
