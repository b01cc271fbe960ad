/** What fixtures/preload.cjs gives to its page. */
export interface FixtureWindow {
  readonly fixture: {
    readonly require: Record<string, string>;
    readonly sandboxed: boolean;
    echoLater(value: unknown): Promise<unknown>;
    invoke(channel: string, value?: unknown): Promise<unknown>;
    invokeWith(kind: string): Promise<string>;
    subscribe(listener: (value: unknown) => void): () => void;
  };
  readonly inline?: boolean;
  readonly external?: boolean;
  readonly seenAtStart: { readonly bridge: string; readonly preload: string };
}
