/** What is asked and told on the way to being signed in. */
export const signIn = {
  /** What is wrong with a sign-in address. */
  address: {
    empty: "The sign-in address is empty.",
    long: (most: number) => `A sign-in address has at most ${most} characters.`,
    form: "A sign-in address has the form name@example.com.",
    name: "The part of the sign-in address before the @ is not valid.",
    domain: "The part of the sign-in address after the @ is no domain name.",
  },
  /** What is wrong with the address of a server; `where` it was given: `serverAddress`, or in the terminal an option. */
  server: {
    form: (where: string) => `${where} must look like https://lyncdiscover.example.com.`,
    scheme: (where: string) => `${where} must begin with https://.`,
    user: (where: string) => `${where} must not contain a name or password.`,
    readable: (where: string) =>
      `${where} must use https://. Over http://, your password could be read on the way.`,
  },
  serverAddress: "The server address",
  notAsked: "Nobody asked about this server.",
  /** Why the bell waits for the person, in two to five words. */
  attention: {
    // Not "Wrong password": there may have been none.
    badCredentials: "Sign-in needed",
    signInNotOffered: "Sign-in not possible",
    untrustedServer: "Server not trusted",
    certificate: "Server not trusted",
    clientCertificate: "Certificate needed",
    proxy: "Proxy password needed",
    notFound: "No server found",
    tooManyApplications: "Signed in on too many devices",
    userAgentNotAllowed: "Sign-in not allowed",
    mobileNotAllowed: "Sign-in not allowed",
    refused: "Sign-in refused",
    unsupportedServer: "Server not supported",
  },
  /** How a sign-in goes without a password, to follow "with". */
  singleSignOn: { windows: "your Windows session", elsewhere: "single sign-on (Kerberos)" },
  /** A question before the first use of it; `where` names one or two hosts, `how` is one of `singleSignOn`. */
  windowsSession: {
    message: (where: string, how: string) => `Sign in at ${where} with ${how}?`,
    detail: (where: string) =>
      `It shows the server who you are, and Doorbell has not used it there before. Use it only if your organisation runs ${where}.`,
    no: "Do not use it",
    yes: "Use it",
  },
  /** A question before it goes where it was not kept for. */
  keptPassword: {
    message: (origin: string) => `Send your saved password to ${origin}?`,
    detail: (keptFor: string) =>
      `It was saved for ${keptFor} and has not been sent to this server before. Send it only if your organisation runs this server.`,
    no: "Do not send it",
    yes: "Send it",
  },
  /** A server wants a certificate of the person's; `certificate` is what `named` makes. */
  certificate: {
    message: (host: string) => `${host} asks for a certificate that shows who you are.`,
    one: (certificate: string) =>
      `This computer has one: ${certificate}. Send it only if your organisation has told you to sign in with it.`,
    /** `list`: a numbered line for each of them. */
    several: (list: string) =>
      `This computer has several. Send one only if your organisation has told you to sign in with it.\n\n${list}`,
    named: (subject: string, issuer: string) => `“${subject}” from “${issuer}”`,
    no: "Send none",
    yes: "Send it",
    /** A button for each, where there are several: names of certificates are too long for one. */
    send: (number: number) => `Send ${number}`,
  },
  signOut: {
    message: "Sign out of Doorbell?",
    detail: "Your saved password will be forgotten, so you will need it to sign in again.",
    yes: "Sign out",
  },
  keyring: {
    waiting: "Unlock your keyring to sign in, or enter your password here.",
    notKept: "Your password could not be saved, so you will be asked for it next time.",
    notUnlocked:
      "Your keyring was not unlocked, so your password was not saved. You will be asked for it next time.",
    notForgotten: "Your password could not be removed and is still in your keyring.",
    /** Why it gave no password. */
    problems: {
      missing: "Your password is no longer in your keyring. Enter it to sign in.",
      locked:
        "Your keyring was not unlocked, so Doorbell could not sign you in. Enter your password instead.",
      absent: "No keyring is available, so Doorbell could not sign you in. Enter your password.",
      library:
        "Doorbell cannot use your keyring because libsecret is missing. Enter your password to sign in.",
      refused: "Your keyring did not give your password to Doorbell. Enter it to sign in.",
      broken: "Your keyring did not give your password to Doorbell. Enter it to sign in.",
    },
  },
  /** The window with the sign-in page of an organisation. */
  page: {
    title: (host: string) => `${host} – sign-in page – Doorbell`,
    notLoaded: (host: string) => `The sign-in page of ${host} could not be loaded.`,
    /** `error`: the name of Chromium's, such as `ERR_NAME_NOT_RESOLVED`. */
    notLoadedDetail: (error: string) => `${error}. Check the network, or ask your administrator.`,
    notShown: (host: string) => `The sign-in page of ${host} cannot be shown.`,
    leadsInTheClear: (origin: string) =>
      `It leads to ${origin}, where others could read along. Ask your administrator.`,
    leadsNowhere: "It leads to something that is no web page. Ask your administrator.",
  },
};
