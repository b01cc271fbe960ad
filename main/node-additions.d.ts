/** What the types of Node.js 20.17, which main/ compiles against, do not know and the program uses all the same. */
declare module "url" {
  namespace URL {
    /** In Node.js since 20.18.0, which Electron 33 has. Null when `input` is no URL. */
    function parse(input: string, base?: string): URL | null;
  }
}

declare module "tls" {
  /** In Node.js since 22.19, on which the terminal program runs; Electron 33 lacks it. */
  const setDefaultCACertificates: ((certificates: readonly string[]) => void) | undefined;
  /** As above. */
  const getCACertificates: ((type: "default" | "system") => string[]) | undefined;
}
