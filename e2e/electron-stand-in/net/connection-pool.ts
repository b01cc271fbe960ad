import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import * as tls from "node:tls";
import { mapped } from "./host-rules.ts";

/** How long Chromium's cache makes a second request wait for the first of the same address. */
const CACHE_LOCK_MS = 20_000;

/** A name that no name server can ever answer. */
const NOT_FOUND = "not-found.invalid";

/** The sockets of one session, and the locks of its cache. */
export class ConnectionPool {
  #http = new http.Agent({ keepAlive: true });
  #https = new https.Agent({ keepAlive: true, ca: certificates() });
  readonly #locks = new Map<string, Promise<void>>();

  /** Sends the head of a request; the body is the caller's to write. */
  request(url: URL, options: http.RequestOptions): http.ClientRequest {
    const target = mapped(url);
    const isSecure = url.protocol === "https:";
    const all = {
      ...options,
      protocol: url.protocol,
      host: target?.host ?? NOT_FOUND,
      port: target?.port ?? "",
      path: `${url.pathname}${url.search}`,
      headers: { ...options.headers, host: url.host },
    };
    if (!isSecure) return http.request({ ...all, agent: this.#http });
    // The certificate is the name's, wherever the name leads.
    const named = net.isIP(url.hostname) === 0 ? { servername: url.hostname } : {};
    return https.request({ ...all, ...named, agent: this.#https });
  }

  /** Ends every socket, also of requests under way. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
    this.#http = new http.Agent({ keepAlive: true });
    this.#https = new https.Agent({ keepAlive: true, ca: certificates() });
  }

  /**
   * Waits as a request that may be answered from the cache does: behind an earlier one of the same address until that has
   * ended, 20 s at most. Returns what to call at the end.
   */
  async cacheLock(url: string): Promise<() => void> {
    const earlier = this.#locks.get(url);
    if (earlier !== undefined) {
      const limit = Promise.withResolvers<void>();
      const timer = setTimeout(limit.resolve, CACHE_LOCK_MS);
      await Promise.race([earlier, limit.promise]);
      clearTimeout(timer);
    }
    const own = Promise.withResolvers<void>();
    this.#locks.set(url, own.promise);
    return () => {
      if (this.#locks.get(url) === own.promise) this.#locks.delete(url);
      own.resolve();
    };
  }
}

/** Chromium trusts what the system trusts. */
function certificates(): string[] {
  return [...new Set([...tls.getCACertificates("default"), ...tls.getCACertificates("system")])];
}
