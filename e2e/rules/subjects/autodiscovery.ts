import type { Section } from "../rule.ts";

const ONLY_ASKED = "A server is only ever asked; which names are tried is the client's.";
const TRUST_IS_THE_CLIENTS = "Whom to trust is decided by the client alone.";

/** From a sign-in address to the `applications` link. */
export const autodiscovery: Section = {
  title: "Autodiscovery",
  rules: [
    {
      id: "discovery-order",
      page: "RootURL",
      rule: "The internal discovery name goes before the external one, and each over https before plain http.",
      noServer: ONLY_ASKED,
    },
    {
      id: "discovery-domain",
      page: "RootURL",
      rule: "The discovery names are formed with what follows the @ of the sign-in address.",
      noServer: ONLY_ASKED,
    },
    {
      id: "discovery-first-hop",
      page: "RootURL",
      rule: "Plain http serves for the first hop only; what it leads to is https.",
    },
    {
      id: "discovery-no-xframe-probe",
      page: "AutoDiscoveryLibrary",
      rule: "A native client asks for the root itself, not for the page that browsers need in order to ask.",
      noServer: ONLY_ASKED,
    },
    {
      id: "candidate-silent",
      page: "RootURL",
      rule: "A discovery name that cannot be reached, or does not answer in time, is given up for the next.",
      noServer: ONLY_ASKED,
    },
    {
      id: "candidate-redirected-out",
      page: "RootURL",
      rule: "A discovery name that answers with a redirect out of its domain is given up for the next.",
    },
    {
      id: "candidate-not-found",
      page: "RootURL",
      rule: "A discovery name that answers 404 is given up for the next.",
    },
    {
      id: "discovery-failed",
      page: "RootURL",
      rule: "When every name has failed, discovery has failed, and the person is told.",
      noServer: ONLY_ASKED,
    },
    {
      id: "root-without-user",
      page: "RootURL",
      rule: "A root without `user` and `redirect`, as an older pool shows it, leads nowhere.",
      noServer: "It is how a server that has no UCWA answers.",
    },
    {
      id: "root-document",
      page: "root",
      rule: "The root names itself, `user` and `xframe`, or a `redirect`; of these a client goes to `user`.",
    },
    {
      id: "root-original-domain",
      page: "CreateAnApplication (capture)",
      rule: "The query `originalDomain` of the root stays in the links that it hands out, and in the requests to them.",
    },
    {
      id: "root-other-host",
      page: "CreateAnApplication (capture)",
      rule: "The links of the root may name another host than the one that was asked.",
    },
    {
      id: "root-redirect",
      page: "RootURL, redirect",
      rule: "A `redirect` in the root leads to the root of another deployment, where reading begins anew.",
    },
    {
      id: "redirect-before-user",
      page: "capture",
      rule: "Where `redirect` stands beside other links, it is the one to follow.",
      noServer: "Which of two links to follow is the client's.",
    },
    {
      id: "redirect-bounded",
      page: "INFERRED",
      rule: "A chain of redirects that runs in a circle, or over more than five hops, ends the search.",
      noServer: ONLY_ASKED,
    },
    {
      id: "xframe-ignored",
      page: "xframe, CrossDomainCommunication",
      rule: "The page behind `xframe` is for browsers; a native client never asks for it.",
      noServer: "What is behind it is no part of UCWA, and nobody is kept from asking.",
    },
    {
      id: "root-older-format",
      page: "peer",
      rule: "A root may answer in the older format to whom asks for that, so a client asks for `application/json`.",
    },
    {
      id: "user-challenge",
      page: "CreateAnApplication (capture)",
      rule: "`user` without a token is answered 401 by a page of HTML and challenges, which is no error of UCWA.",
    },
    {
      id: "challenge-bearer",
      page: "CreateAnApplication (capture)",
      rule: "One challenge is `Bearer` with trusted issuers and a client id, the other `MsRtcOAuth` with address and grants.",
    },
    {
      id: "challenge-two-lines",
      page: "AuthenticationInUCWA",
      rule: "The challenges come as two header lines or folded into one.",
    },
    {
      id: "challenge-unquoted",
      page: "AuthenticationInUCWA",
      rule: "The address in the challenge may stand without quotation marks.",
    },
    {
      id: "challenge-commas",
      page: "CreateAnApplication (capture)",
      rule: "Commas inside quoted values part nothing: the grants are a list within one value.",
    },
    {
      id: "challenge-case",
      page: "AuthenticationInUCWA",
      rule: "Names of schemes and parameters are the same in any case.",
      noServer: "A server writes them in one case; to read any is the client's.",
    },
    {
      id: "challenge-others",
      page: "AuthenticationInUCWA",
      rule: "Challenges of other schemes, as Negotiate and NTLM, may stand beside them.",
    },
    {
      id: "user-document",
      page: "user",
      rule: "`user` with a token names `applications`, or a `redirect` for who is homed elsewhere.",
    },
    {
      id: "user-redirect",
      page: "user, redirect",
      rule: "A `redirect` of `user` is followed, and the credentials are presented there anew.",
    },
    {
      id: "applications-other-host",
      page: "user",
      rule: "`applications` may lie on another host than discovery, with a sign-in of its own.",
    },
    {
      id: "applications-revision",
      page: "Versioning",
      rule: "The link to `applications` may carry its revision.",
    },
    {
      id: "trust-https",
      page: "RootURL",
      rule: "A redirect that came over https with a valid certificate is accepted.",
      noServer: TRUST_IS_THE_CLIENTS,
    },
    {
      id: "trust-sign-in-domain",
      page: "RootURL",
      rule: "A redirect that came over plain http is accepted when it leads into the sign-in domain.",
      noServer: TRUST_IS_THE_CLIENTS,
    },
    {
      id: "trust-approved",
      page: "RootURL",
      rule: "A redirect elsewhere is accepted when its host has been approved before.",
      noServer: TRUST_IS_THE_CLIENTS,
    },
    {
      id: "trust-ask",
      page: "RootURL",
      rule: "Any other redirect waits for the person's word, and ends discovery without it.",
      noServer: TRUST_IS_THE_CLIENTS,
    },
    {
      id: "trust-credentials",
      page: "INFERRED",
      rule: "The address for tokens is held against the same trust before a password goes there.",
      noServer: TRUST_IS_THE_CLIENTS,
    },
    {
      id: "credentials-https",
      page: "INFERRED",
      rule: "No credential travels over plain http, except within this machine.",
      noServer: TRUST_IS_THE_CLIENTS,
    },
    {
      id: "authorization-one-host",
      page: "INFERRED",
      rule: "A token goes to the origin that it was issued for and to no other, redirected or not.",
    },
    {
      id: "applications-address-cached",
      page: "RootURL",
      rule: "The address of `applications` may be kept, and used without a new discovery.",
    },
    {
      id: "rediscover-when",
      page: "RootURL",
      rule: "Discovery begins anew after 403, after 502, and after connections that keep failing.",
      noServer: ONLY_ASKED,
    },
    {
      id: "rediscover-not-otherwise",
      page: "RootURL",
      rule: "No other status begins discovery anew: a server that is down or overloaded is waited for where it is.",
      noServer: ONLY_ASKED,
    },
    {
      id: "forbidden-resource",
      page: "INFERRED",
      rule: "403 for one resource is an answer about that resource and no reason for a new discovery.",
      noServer: ONLY_ASKED,
    },
    {
      id: "online-one-token-per-host",
      page: "AuthenticationUsingAzureAD",
      rule: "Online, discovery begins at one host for all domains, and every host on the way has a token of its own.",
      noClient: "The online service is no more; on premises the same holds by the challenge of each host.",
      noServer: "The online service is no more; on premises the same holds by the challenge of each host.",
    },
  ],
};
