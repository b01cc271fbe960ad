import type { Capability } from "../../surfaces/native/notification-service.ts";

/** What a server shows of itself before anything is said. */
export interface ShownCertificate {
  /** Organisation or common name, as the certificate says: text from outside. */
  readonly issuer: string;
  /** Epoch milliseconds. */
  readonly validUntil: number;
  /** Why this machine does not trust it, in a code of the TLS library; null when it does. */
  readonly refusal: string | null;
}

/** The desktop as the session bus shows it. */
export interface DesktopReading {
  readonly notifications: Capability;
  /** Whether icons in a tray are shown by somebody; null when there is no bus to ask. */
  readonly trayHost: boolean | null;
}

/** What the doctor looks at beside the session. Nothing here rejects, and every wait is bounded. */
export interface Surroundings {
  /** The addresses of a host name; empty when it is not known. */
  resolve(host: string): Promise<readonly string[]>;
  /** Null when the server cannot be reached directly: a proxy may stand between. */
  certificate(origin: string): Promise<ShownCertificate | null>;
  /** Null where the desktop needs no session bus. */
  readonly desktop: (() => Promise<DesktopReading>) | null;
}
