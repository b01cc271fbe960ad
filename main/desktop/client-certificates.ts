import { texts } from "../../locales/texts.ts";
import type { Logger } from "../platform/ports.ts";
import type { Ask, Question } from "./message-box.ts";

/** A certificate in the system's store that shows who the person is. */
export interface PersonalCertificate {
  readonly fingerprint: string;
  readonly subjectName: string;
  readonly issuerName: string;
}

export interface ClientCertificatesParts {
  /** The first button sends none, each other one the certificate of its place. */
  readonly ask: Ask;
  readonly logger: Logger;
}

/** More than these nobody can tell apart in a box. */
const MOST_OFFERED = 4;

/**
 * Which host is shown a certificate of the person's. Only a host of their own organisation may be, and only when the
 * person says so; the answer holds for that host until the account ends. Everybody else is shown none, and nobody is
 * asked: a certificate carries a name, often an address and a number of the staff.
 */
export class ClientCertificates {
  readonly #parts: ClientCertificatesParts;
  /** By host: the fingerprint of what it is shown, null for none. Replaced as a whole when the account ends. */
  #answers = new Map<string, Promise<string | null>>();
  #isOwn: (host: string) => boolean = () => false;

  constructor(parts: ClientCertificatesParts) {
    this.#parts = parts;
  }

  /** From now on these hosts are of the person's own organisation; names as in `URL.hostname`. */
  begin(isOwn: (hostname: string) => boolean): void {
    this.forget();
    this.#isOwn = isOwn;
  }

  forget(): void {
    this.#isOwn = () => false;
    this.#answers = new Map();
  }

  /** What `asked`, a URL or host and port, is shown of `offered`; null for none. Never rejects. */
  async choose<Certificate extends PersonalCertificate>(
    asked: string,
    offered: readonly Certificate[],
  ): Promise<Certificate | null> {
    const { host, hostname } = URL.parse(asked.includes("://") ? asked : `https://${asked}`) ?? NOBODY;
    if (offered.length === 0 || !this.#isOwn(hostname)) {
      this.#parts.logger.info("certificate.notShown", { offered: offered.length });
      return null;
    }
    const answers = this.#answers;
    const answer = answers.get(host) ?? this.#ask(host, offered);
    answers.set(host, answer);
    const fingerprint = await answer;
    // Meanwhile the account may have ended for which the person said yes.
    if (answers !== this.#answers) return null;
    return offered.find((one) => one.fingerprint === fingerprint) ?? null;
  }

  async #ask(host: string, offered: readonly PersonalCertificate[]): Promise<string | null> {
    const choices = offered.slice(0, MOST_OFFERED);
    const chosen = await this.#parts.ask(questionOf(host, choices)).catch(() => 0);
    const certificate = choices[chosen - 1];
    this.#parts.logger.info("certificate.asked", {
      offered: offered.length,
      shown: certificate !== undefined,
    });
    return certificate?.fingerprint ?? null;
  }
}

const NOBODY = { host: "", hostname: "" };

function questionOf(host: string, choices: readonly PersonalCertificate[]): Question {
  const [only] = choices;
  const { certificate } = texts.signIn;
  const message = certificate.message(host);
  if (only !== undefined && choices.length === 1)
    return {
      type: "question",
      message,
      detail: certificate.one(nameOf(only)),
      buttons: [certificate.no, certificate.yes],
    };
  return {
    type: "question",
    message,
    detail: certificate.several(choices.map((choice, at) => `${at + 1}. ${nameOf(choice)}`).join("\n")),
    buttons: [certificate.no, ...choices.map((_, at) => certificate.send(at + 1))],
  };
}

function nameOf({ subjectName, issuerName }: PersonalCertificate): string {
  return texts.signIn.certificate.named(shown(subjectName), shown(issuerName));
}

/** Whoever issued the certificate chose the letters. */
function shown(name: string): string {
  return name
    .replaceAll(/[\p{C}\p{Z}]+/gu, " ")
    .trim()
    .slice(0, 60);
}
