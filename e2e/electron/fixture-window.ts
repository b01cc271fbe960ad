/** What fixtures/preload.cjs gives to its page. */
export interface FixtureWindow {
  readonly fixture: {
    readonly require: Record<string, string>;
    readonly emitter: readonly number[];
    readonly process: Record<string, unknown>;
    readonly state: { count: number };
    readonly data: { readonly when: Date; readonly map: Map<string, number>; readonly list: unknown[] };
    count(): number;
    add(a: number, b: number): number;
    identity(value: unknown): unknown;
    kindOf(value: unknown): string;
    fail(): void;
    reject(): Promise<void>;
    again(): string;
    invoke(channel: string, ...args: unknown[]): Promise<unknown>;
    describe(kind: string): Promise<string>;
    invokeWith(kind: string): Promise<unknown>;
    echoCycle(): Promise<readonly unknown[]>;
    send(value: unknown): void;
    sendFunction(): string;
    subscribe(listener: (value: unknown) => void): () => void;
  };
  readonly inline?: boolean;
  readonly external?: boolean;
  readonly seenAtStart: { readonly bridge: string; readonly preload: string };
}
