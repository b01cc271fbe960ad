import { describe, expect, it } from "vitest";
import { SILENT_LOGGER } from "../testing/rig.ts";
import { ClientCertificates, type PersonalCertificate } from "./client-certificates.ts";
import type { Question } from "./message-box.ts";

const TOSH: PersonalCertificate = { fingerprint: "sha256/1", subjectName: "Tosh", issuerName: "Contoso CA" };
const OTHER: PersonalCertificate = {
  fingerprint: "sha256/2",
  subjectName: "Tosh\n\u202Eeman",
  issuerName: "Bank",
};

/** Somebody who answers each question with the next of these buttons, when `answer` is called. */
function person(...buttons: readonly number[]) {
  const questions: Question[] = [];
  const waiting: (() => void)[] = [];
  const certificates = new ClientCertificates({
    ask: (question) =>
      new Promise((resolve) => {
        const button = buttons[questions.length] ?? 0;
        questions.push(question);
        waiting.push(() => resolve(button));
      }),
    logger: SILENT_LOGGER,
  });
  certificates.begin((hostname) => hostname === "web.contoso.example");
  const answer = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  return { certificates, questions, answer };
}

describe("a server that asks for a certificate of the person's", () => {
  it("is shown none and nobody is asked, when it is a stranger, or there is no account", async () => {
    const { certificates, questions } = person(1);
    for (const asked of [
      "evil.example:443",
      "https://evil.example/",
      "web.contoso.example.evil.example:443",
      "://",
    ])
      expect(await certificates.choose(asked, [TOSH])).toBeNull();
    certificates.forget();
    expect(await certificates.choose("web.contoso.example:443", [TOSH])).toBeNull();
    expect(questions).toEqual([]);
  });

  it("is shown what the person says, once asked for all its connections, each host on its own port", async () => {
    const { certificates, questions, answer } = person(1, 0);
    const first = [1, 2].map(() => certificates.choose("web.contoso.example:443", [TOSH]));
    answer();
    expect(await Promise.all(first)).toEqual([TOSH, TOSH]);
    expect(await certificates.choose("https://web.contoso.example/", [OTHER, TOSH])).toBe(TOSH);
    expect(questions).toEqual([
      {
        type: "question",
        message: "web.contoso.example asks for a certificate that shows who you are.",
        detail:
          "This computer has one: “Tosh” from “Contoso CA”. Send it only if your organisation has told you to sign in with it.",
        buttons: ["Send none", "Send it"],
      },
    ]);
    const other = certificates.choose("web.contoso.example:8443", [TOSH]);
    answer();
    expect(await other).toBeNull();
    expect(await certificates.choose("web.contoso.example:8443", [TOSH])).toBeNull();
    expect(questions).toHaveLength(2);
  });

  it("is shown the one that was chosen of several, and none that has gone since", async () => {
    const { certificates, questions, answer } = person(2);
    const chosen = certificates.choose("web.contoso.example:443", [TOSH, OTHER]);
    answer();
    expect(await chosen).toBe(OTHER);
    expect(questions[0]?.detail).toMatch(/\n\n1\. “Tosh” from “Contoso CA”\n2\. “Tosh eman” from “Bank”$/);
    expect(questions[0]?.buttons).toEqual(["Send none", "Send 1", "Send 2"]);
    expect(await certificates.choose("web.contoso.example:443", [TOSH])).toBeNull();
  });

  it("is shown none when the account ends before the person answers, or the box cannot be shown", async () => {
    const { certificates, answer } = person(1);
    const late = certificates.choose("web.contoso.example:443", [TOSH]);
    certificates.begin(() => true);
    answer();
    expect(await late).toBeNull();
    const broken = new ClientCertificates({
      ask: () => Promise.reject(new Error("x")),
      logger: SILENT_LOGGER,
    });
    broken.begin(() => true);
    expect(await broken.choose("web.contoso.example:443", [TOSH])).toBeNull();
    expect(await broken.choose("web.contoso.example:443", [])).toBeNull();
  });
});
