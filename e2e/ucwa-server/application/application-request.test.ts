import { describe, expect, it } from "vitest";
import { createApplication, virtualServer } from "../testing/client.ts";
import { applicationsHref, fresh, wanted } from "../testing/fresh.ts";

describe("the request for an application (applications)", () => {
  it(
    "takes property names in any case, and XML",
    { tags: ["create-name-case", "xml-input", "create-201"] },
    async () => {
      const application = await createApplication(virtualServer());
      const capital = await application.send("POST", applicationsHref, {
        UserAgent: "A",
        EndpointId: "B",
        Culture: "C",
      });
      expect(capital.status).toBe(201);
      const xml = await application.send(
        "POST",
        applicationsHref,
        '<input xmlns="http://schemas.microsoft.com/rtc/2012/03/ucwa"><property name="culture">en-US</property>' +
          '<property name="userAgent">X</property><property name="endpointId">X</property></input>',
        { "Content-Type": "application/xml", Accept: "application/xml" },
      );
      expect([xml.status, xml.text.includes('<resource rel="application"')]).toEqual([201, true]);
    },
  );

  it.each(["culture", "userAgent", "endpointId"])(
    "refuses one without %s, naming it",
    { tags: ["create-required", "error-parameters", "error-parameter-validation"] },
    async (name) => {
      const application = await createApplication(virtualServer());
      const answer = await application.send("POST", applicationsHref, { ...wanted, [name]: undefined });
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ subcode: "ParameterValidationFailure", parameters: [{ name }] });
    },
  );

  it(
    "refuses what is too long, unreadable, or of an unknown type",
    { tags: ["create-lengths", "error-deserialization", "error-media-type"] },
    async () => {
      const application = await createApplication(virtualServer());
      const long = await application.send("POST", applicationsHref, {
        ...wanted,
        endpointId: "x".repeat(101),
      });
      const broken = await application.send("POST", applicationsHref, "{");
      const odd = await application.send("POST", applicationsHref, "a", { "Content-Type": "text/plain" });
      expect([long, broken, odd].map(({ status, json }) => [status, json.subcode])).toEqual([
        [400, "ParameterValidationFailure"],
        [400, "DeserializationFailure"],
        [415, "UnsupportedMediaType"],
      ]);
    },
  );

  it("has a type only where it was created with one", { tags: ["application-type"] }, async () => {
    const { application } = await fresh();
    expect(application.resource.type).toBeUndefined();
    const body = { ...wanted, endpointId: "2", type: "Browser" };
    const typed = await application.send("POST", applicationsHref, body);
    expect([typed.status, typed.json.type]).toEqual([201, "Browser"]);
  });
});
