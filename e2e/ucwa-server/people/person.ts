/** Where a person is, seen from the user's organisation. Reference: SourceNetwork */
export const sourceNetworks = ["SameEnterprise", "Federated", "PublicCloud", "Everyone", "Unknown"] as const;

/** Reference: SourceNetwork */
export type SourceNetwork = (typeof sourceNetworks)[number];

/** Someone who is spoken of: a caller, or a colleague. */
export interface Person {
  readonly uri: string;
  readonly name: string;
  readonly sourceNetwork: SourceNetwork;
  readonly phoneNumber?: string | undefined;
}
