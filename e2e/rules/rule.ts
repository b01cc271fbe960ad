/**
 * One rule of the protocol. Its id is the vitest tag of the tests that prove it: a tag is the claim that the test
 * would fail if the program broke the rule.
 */
export interface Rule {
  readonly id: string;
  /** The page of the UCWA reference; `capture` for recorded traffic, `INFERRED` for what no source states. */
  readonly page: string;
  /** In one sentence. */
  readonly rule: string;
  /** Why no test of the client can prove it. False, and an error, as soon as one does. */
  readonly noClient?: string;
  /** Why no test of the server can prove it. False, and an error, as soon as one does. */
  readonly noServer?: string;
}

/** A chapter of the protocol with its rules, in the order in which the table shows them. */
export interface Section {
  readonly title: string;
  readonly rules: readonly Rule[];
}
