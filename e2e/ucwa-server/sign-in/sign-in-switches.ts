import * as z from "zod";

/** The grants that a sign-in service can offer. Reference: AuthenticationInUCWA */
export const grantTypes = [
  "urn:microsoft.rtc:windows",
  "urn:microsoft.rtc:passive",
  "urn:microsoft.rtc:anonmeeting",
  "password",
] as const;

/** How people sign in, and how the challenges that tell them so are written. */
export interface SignInSwitches {
  /** The sign-in service refuses every password. */
  rejectPasswords: boolean;
  /** The grants that challenges offer. */
  grants: readonly string[];
  /** All challenges in one header line. */
  foldChallenges: boolean;
  /** The challenge's href without quotation marks. */
  unquotedHref: boolean;
  /** Challenges of a proxy beside the server's own. */
  extraChallenges: readonly ("Negotiate" | "NTLM")[];
  /** The address of an authorization service in the Bearer challenge, as hybrid deployments name it. */
  authorizationUri: string | null;
  /** A token request as a multipart form is taken instead of refused. It stays a breach. */
  multipartTokens: boolean;
}

/** As the one recorded deployment. */
export const plainSignIn: SignInSwitches = {
  rejectPasswords: false,
  grants: ["urn:microsoft.rtc:windows", "urn:microsoft.rtc:anonmeeting", "password"],
  foldChallenges: false,
  unquotedHref: false,
  extraChallenges: [],
  authorizationUri: null,
  multipartTokens: false,
};

/** What the control API takes of them. */
export const signInSchema = z.object({
  rejectPasswords: z.boolean(),
  grants: z.array(z.string().max(100)).max(10),
  foldChallenges: z.boolean(),
  unquotedHref: z.boolean(),
  extraChallenges: z.array(z.enum(["Negotiate", "NTLM"])).max(2),
  authorizationUri: z.url().nullable(),
  multipartTokens: z.boolean(),
});
