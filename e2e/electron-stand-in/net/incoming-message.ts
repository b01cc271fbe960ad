import type * as http from "node:http";
import { PassThrough, Readable, type Duplex } from "node:stream";
import * as zlib from "node:zlib";

type Implemented =
  | "statusCode"
  | "statusMessage"
  | "headers"
  | "rawHeaders"
  | "httpVersion"
  | "httpVersionMajor"
  | "httpVersionMinor";

/** An answer, its body decoded. */
export class IncomingMessage extends Readable implements Pick<Electron.IncomingMessage, Implemented> {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: Record<string, string | string[]>;
  readonly rawHeaders: string[];
  readonly httpVersion: string;
  readonly httpVersionMajor: number;
  readonly httpVersionMinor: number;
  readonly #body: Readable;

  constructor(answer: http.IncomingMessage) {
    super();
    this.statusCode = answer.statusCode ?? 0;
    this.statusMessage = answer.statusMessage ?? "";
    this.headers = valuesOf(answer.headersDistinct, false);
    this.rawHeaders = answer.rawHeaders;
    this.httpVersion = answer.httpVersion;
    this.httpVersionMajor = answer.httpVersionMajor;
    this.httpVersionMinor = answer.httpVersionMinor;
    const decoder = decoderOf(answer.headers["content-encoding"]);
    this.#body = answer.pipe(decoder);
    answer.on("error", (error) => this.#body.destroy(error));
    answer.on("aborted", () =>
      this.#body.destroy(Object.assign(new Error("aborted"), { code: "ECONNRESET" })),
    );
    this.#body.on("data", (chunk: Buffer) => {
      if (!this.push(chunk)) this.#body.pause();
    });
    this.#body.on("end", () => this.push(null));
    this.#body.pause();
  }

  /** For the request: what becomes of a body that breaks off. */
  onBodyError(listener: (error: Error) => void): void {
    this.#body.on("error", listener);
  }

  override _read(): void {
    this.#body.resume();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#body.destroy();
    callback(error);
  }
}

/** Header values as lists, of which a caller that wants text gets them joined; set-cookie stays a list. */
export function valuesOf(
  headers: Readonly<Record<string, string[] | undefined>>,
  lists: boolean,
): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const [name, list = []] of Object.entries(headers))
    values[name] = lists || name === "set-cookie" ? list : list.join(", ");
  return values;
}

function decoderOf(encoding: string | undefined): Duplex {
  switch (encoding?.toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return zlib.createGunzip();
    case "deflate":
      return zlib.createInflate();
    case "br":
      return zlib.createBrotliDecompress();
    default:
      return new PassThrough();
  }
}
