/** What goes wrong between Doorbell and the server. `host` and `proxy` are names with a port, `origin` is an address. */
export const server = {
  /** What whoever is told of trouble can do. */
  advice: {
    checkNetwork: "Check your network connection; if that is fine, ask your administrator.",
    askIfItLasts: "If this lasts, ask your administrator.",
    openPage: "If this network has a sign-in page, open it in your browser.",
  },
  /** No answer came. Without a full stop, which is added. */
  failures: {
    unreachable: (host: string) => `Can't reach ${host}`,
    unknownHost: (host: string) => `The name ${host} can't be found`,
    certificate: (host: string) => `This computer does not trust the certificate of ${host}`,
    clientCertificate: (host: string) =>
      `${host} wants a certificate that shows who you are, and was given none`,
    proxy: (host: string) => `A proxy on the way to ${host} wants a user name and password`,
    timeout: (host: string) => `${host} did not answer in time`,
    interrupted: (host: string) => `${host} broke off its answer`,
    tooLarge: (host: string) => `${host} sent more than can be an answer`,
    aborted: (host: string) => `The request to ${host} was given up`,
    proxyUnreachable: (host: string) => `Can't reach the proxy on the way to ${host}`,
    proxyLedNowhere: (host: string) => `The proxy can't reach ${host}`,
    refused: (host: string) => `Can't reach ${host}: it refuses the connection`,
    offline: (host: string) => `Can't reach ${host}: this computer seems to be offline`,
    nameServer: (host: string) => `Can't look up ${host}: the name server does not answer`,
    closed: (host: string) => `${host} closed the connection without an answer`,
    certificateDate: (host: string) => `The certificate of ${host} is not valid today`,
    certificateName: (host: string) => `The certificate of ${host} is made out to another name`,
    certificateRevoked: (host: string) => `The certificate of ${host} has been revoked`,
    encryption: (host: string) => `${host} and this computer can't agree on an encrypted connection`,
  },
  /** The same where it is known which proxy it was, or known that it was the proxy. */
  proxies: {
    asks: (proxy: string) => `The proxy ${proxy} wants a user name and password`,
    ledNowhere: (proxy: string, host: string) => `The proxy ${proxy} can't reach ${host}`,
    unreachable: (proxy: string) => `Can't reach the proxy ${proxy}`,
    unknownUnreachable: "Can't reach the proxy",
  },
  /** In the place of a host that has no name. */
  someServer: "the server",
  /** An answer that is not what was asked for. */
  answers: {
    page: (host: string) => `A web page came in place of an answer from ${host}.`,
    unauthorized: (host: string) => `${host} refuses the sign-in and does not say why.`,
    forbidden: (host: string) => `${host} refuses access.`,
    notFound: (host: string) => `${host} can't find what Doorbell asks for.`,
    notReady: (host: string) => `${host} is not ready yet.`,
    tooMany: (host: string) => `${host} has too many requests to answer.`,
    gateway: (host: string) => `The gateway at ${host} gets no answer from the server behind it.`,
    unavailable: (host: string) => `${host} is not available at the moment.`,
    trouble: (host: string) => `${host} has a problem of its own.`,
    refused: (host: string) => `${host} refuses what Doorbell asks for.`,
    unreadable: (host: string) => `${host} gave an answer that can't be read.`,
  },
  /** On the way from the sign-in address to the server. */
  discovery: {
    circle: (host: string) => `${host} redirects in a circle.`,
    tooLong: (host: string) => `${host} redirects too often.`,
    /** `domain`: of the sign-in address. */
    ledOut: (host: string, origin: string, domain: string) => `${host} leads to ${origin}, out of ${domain}.`,
    noServer: (host: string) => `${host} answers, but not as a Skype for Business server.`,
    page: (host: string) =>
      `${host} answers, but not as a Skype for Business server. The network may want you to sign in to it first.`,
    refused: (host: string) => `${host} does not sign you in.`,
    nothing: (domain: string) => `No Skype for Business server was found for ${domain}.`,
  },
  /** What it is cannot be used; `needed` is said after each. */
  unsupported: {
    earlyVersion: (host: string) => `${host} offers an early version of UCWA.`,
    noUcwa: (host: string) => `${host} does not offer UCWA, the interface that Doorbell uses.`,
    noEvents: (host: string) => `${host} does not name the events of its application.`,
    unknownVersion: (host: string) => `${host} has no version of UCWA that Doorbell knows.`,
    needed: "Doorbell needs Skype for Business Server 2015 or later.",
  },
  /** Where a server leads to another one; put into one of the two sentences of `untrusted`. */
  leads: {
    discovery: (host: string, origin: string) => `${host} leads to ${origin}`,
    page: (host: string, origin: string) => `${host} wants a sign-in on a page of ${origin}`,
    challenge: (host: string, origin: string) => `${host} wants the sign-in to be sent to ${origin}`,
    redirect: (host: string, origin: string) => `${host} sends the sign-in on to ${origin}`,
  },
  untrusted: {
    /** The person may approve it. */
    ask: (lead: string) => `${lead}, which is not trusted.`,
    /** It has no encryption. */
    refused: (lead: string) => `${lead}, where your password could be read on the way.`,
  },
  /** Why a sign-in does not succeed. One or several sentences, of which some stand one behind the other. */
  signIn: {
    noAddress: (host: string) => `${host} names no address for sign-in.`,
    noWay: (host: string) => `${host} wants a sign-in, but does not say how.`,
    noKnownWay: (host: string) => `${host} offers no sign-in that Doorbell knows.`,
    noOtherWay: "It names no other way.",
    /** `ways`: of `grants`, in a row, or as the server calls them. */
    accepts: (ways: string) => `It accepts: ${ways}.`,
    acceptsPassword: "It accepts a password.",
    noPassword: "There is no password to sign in with.",
    wrongPassword: (host: string) => `${host} does not accept this name and password.`,
    noPasswords: (host: string) => `${host} does not accept passwords.`,
    unclear: (host: string) =>
      `${host} refuses the sign-in without saying why: the password may be wrong, or a proxy stands between.`,
    unclearAdvice: "Doorbell waits a while before it tries again, so that your account is not locked.",
    ownPage: (host: string) => `${host} wants a sign-in through its own web page.`,
    ledAway: (host: string, origin: string) => `${host} sends the sign-in on to ${origin}.`,
    noComputer: (host: string) => `${host} does not accept the Windows sign-in of this computer.`,
    noWindows: (host: string) => `${host} does not accept the Windows sign-in.`,
    windowsLedAway: (host: string, origin: string) =>
      `${host} sends the Windows sign-in on to ${origin}, where it is not used.`,
    pageWaits: (host: string) => `${host} waits for a sign-in on the web page of the organisation.`,
    noPage: (host: string) => `${host} names no web page to sign in on.`,
    noPages: (host: string) => `${host} does not accept a sign-in on a web page.`,
    pageWithoutAddress: (host: string) => `${host} names a web page without an address.`,
    pageClosed: (host: string) => `The web page for ${host} was closed before the sign-in was finished.`,
    pageTooLong: (host: string) =>
      `The sign-in on the web page for ${host} was not finished within ten minutes.`,
    notLetIn: (host: string) => `${host} confirmed who you are, but does not let you in.`,
  },
  /** The ways to sign in that a server names, in a row. */
  grants: {
    password: "password",
    windows: "Windows sign-in",
    passive: "web page of the organisation",
    anonymous: "guest of a meeting",
    bearer: "token of another service",
  },
  /** What is wrong with a session after the sign-in. */
  session: {
    /** Both are origins: who was asked, and whom it names. */
    foreign: (own: string, other: string) =>
      `${own} names its application at ${other}. Doorbell sends what it signed in with to ${own} alone.`,
    tooManyApplications: "Skype for Business runs for you in too many places.",
    doorbellNotAllowed: "The server does not allow Doorbell.",
    noLongerAllowed: "This user may no longer use applications such as Doorbell.",
    notAllowed: "This user may not sign in with an application such as Doorbell.",
    notCalled: (host: string) => `${host} does not let this user receive conversations here.`,
    notReady: "The server is not ready yet to let you be called.",
    ended: "The server has ended the session. Doorbell signs in again.",
    inactive: "The server has ended the session for inactivity. Doorbell signs in again.",
    replaced: "Another copy of Doorbell took the session. Doorbell signs in beside it.",
    channelTaken: "Another copy of Doorbell has taken the event channel.",
    noWayOn: "The server does not say how to go on.",
    doubt: (host: string) => `Doorbell can't tell whether ${host} still gets through to it.`,
    fault: "Something in Doorbell failed.",
    foreignLink: "The link leads to a server that this session does not belong to.",
  },
};
