import { app } from "./app.ts";
import { NotInStandIn, strictClass } from "./strict.ts";

type Handler = (request: GlobalRequest) => GlobalResponse | Promise<GlobalResponse>;

const privileged = new Map<string, Electron.Privileges>();
let registered = false;

/** The handlers of one session's schemes. */
export class Protocol implements Pick<Electron.Protocol, "handle" | "unhandle" | "isProtocolHandled"> {
  readonly #handlers = new Map<string, Handler>();

  handle(scheme: string, handler: Handler): void {
    if (["http", "https", "file"].includes(scheme))
      throw new NotInStandIn(`protocol.handle("${scheme}")`, "only a scheme of one's own is served");
    const { standard = false, secure = false } = privileged.get(scheme) ?? {};
    if (!standard || !secure)
      throw new NotInStandIn(
        `protocol.handle("${scheme}")`,
        "its pages are served as https, so it must be registered as standard and secure",
      );
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  /** For the stand-in: the handler of an address, or undefined. */
  handlerOf(url: string): Handler | undefined {
    return this.#handlers.get(new URL(url).protocol.slice(0, -1));
  }
}
strictClass(Protocol);

/** May be called once, before the program is ready. */
export function registerSchemesAsPrivileged(schemes: readonly Electron.CustomScheme[]): void {
  if (app.isReady())
    throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
  if (registered)
    throw new NotInStandIn("second protocol.registerSchemesAsPrivileged", "it replaces the first");
  registered = true;
  for (const { scheme, privileges = {} } of schemes) privileged.set(scheme, privileges);
}
