import type { Applications } from "./applications.ts";
import type { Held } from "./delivery.ts";
import type { Faults } from "./faults.ts";
import type { PassiveSignIn } from "./passive-sign-in.ts";
import type { RequestList } from "./requests.ts";
import type { Tokens } from "./tokens.ts";
import type { Watchers } from "./watchers.ts";

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
