import { describe, expect, it } from "vitest";
import { createApplication, origins, virtualServer } from "../testing/client.ts";

describe("an error (ErrorsAndInformationalMessages)", () => {
  it(
    "is a code, a subcode and a message, and says which parameter was wrong",
    { tags: ["error-body"] },
    async () => {
      const application = await createApplication(virtualServer());
      const wrong = await application.send("POST", "/ucwa/oauth/v1/applications", { culture: "en-US" });
      expect([wrong.status, wrong.headers.get("content-type")]).toEqual([
        400,
        expect.stringMatching(/^application\/json/),
      ]);
      expect(wrong.json).toMatchObject({
        code: "BadRequest",
        subcode: "ParameterValidationFailure",
        message: expect.stringMatching(/\S/),
        parameters: [{ name: "userAgent" }],
      });
    },
  );
});

describe("a page of a browser (HTTP)", () => {
  it("gets no leave to ask: a preflight request is refused", { tags: ["options-unsupported"] }, async () => {
    const server = virtualServer();
    for (const url of [`${origins.applications}/ucwa/oauth/v1/applications`, `${origins.discovery}/`]) {
      const answer = await server.handle({
        method: "OPTIONS",
        url,
        headers: new Headers({ Origin: "http://page.example", "Access-Control-Request-Method": "POST" }),
        body: new Uint8Array(),
        signal: new AbortController().signal,
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.map(([name]) => name.toLowerCase())).not.toContain("access-control-allow-origin");
    }
  });
});
