import { describe, expect, it } from "vitest";
import type { Reply } from "../testing/client.ts";
import { applicationsHref, fresh, wanted } from "../testing/fresh.ts";

async function create(body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const { application } = await fresh();
  return application.send("POST", applicationsHref, body, headers);
}

describe("the request for an application (applications)", () => {
  it("names its properties in any case", { tags: ["create-name-case"] }, async () => {
    expect((await create({ UserAgent: "A", EndpointId: "B", Culture: "C" })).status).toBe(201);
  });

  it.each(["culture", "userAgent", "endpointId"])(
    "is refused without %s, which the error names",
    { tags: ["create-required", "error-parameters", "error-parameter-validation"] },
    async (name) => {
      const answer = await create({ ...wanted, [name]: undefined });
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ subcode: "ParameterValidationFailure", parameters: [{ name }] });
    },
  );

  it.each(["culture", "userAgent", "endpointId"])(
    "has at most 100 characters of %s",
    { tags: ["create-lengths"] },
    async (name) => {
      expect((await create({ ...wanted, [name]: "x".repeat(100) })).status).toBe(201);
      expect((await create({ ...wanted, [name]: "x".repeat(101) })).status).toBe(400);
    },
  );

  it("may have a type, and the application has it then", { tags: ["application-type"] }, async () => {
    expect((await create({ ...wanted, endpointId: "2" })).json.type).toBeUndefined();
    const typed = await create({ ...wanted, endpointId: "2", type: "Browser" });
    expect([typed.status, typed.json.type]).toEqual([201, "Browser"]);
  });

  it("is refused when it cannot be read", { tags: ["error-deserialization"] }, async () => {
    const { status, json } = await create("{");
    expect([status, json.subcode]).toEqual([400, "DeserializationFailure"]);
  });

  it("is refused in another media type", { tags: ["error-media-type"] }, async () => {
    const { status, json } = await create(JSON.stringify(wanted), { "Content-Type": "text/plain" });
    expect([status, json.subcode]).toEqual([415, "UnsupportedMediaType"]);
  });
});
