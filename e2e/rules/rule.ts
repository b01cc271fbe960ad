/**
 * One rule of the protocol. Its id is the vitest tag of the one test on each side that proves it: a tag is the claim
 * that the test would fail if this side broke the rule. The rows of a table count as one test; where each row proves
 * another rule, each has the tag of its own. That others would fail too is no reason to tag them: whoever breaks the
 * rule finds its sentence in one place.
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
