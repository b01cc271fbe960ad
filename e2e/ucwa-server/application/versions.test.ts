import { describe, expect, it } from "vitest";
import { createApplication, virtualServer } from "../testing/client.ts";

describe("revisions (Versioning)", () => {
  const revision = (value: string) => ({ "X-MS-RequiresMinResourceVersion": value });

  it(
    "that the server does not have are refused as not found, and the same without the header is answered",
    { tags: ["error-version"] },
    async () => {
      const application = await createApplication(virtualServer());
      const { self } = application.resource._links;
      const refused = await application.get(self.href, revision("3"));
      expect([refused.status, refused.json.code, refused.json.subcode]).toEqual([
        404,
        "NotFound",
        "APIVersionNotSupported",
      ]);
      expect((await application.get(self.href)).status).toBe(200);
    },
  );

  it("are compared as numbers", async () => {
    const server = virtualServer({ switches: { revision: 10 } });
    const application = await createApplication(server);
    const { self } = application.resource._links;
    for (const [value, status] of [
      ["9.5", 200],
      ["10", 200],
      ["10.1", 404],
      ["ten", 404],
    ] as const)
      expect((await application.get(self.href, revision(value))).status).toBe(status);
  });

  it("answers name the version of the server", { tags: ["header-server-names"] }, async () => {
    const application = await createApplication(virtualServer());
    const { headers } = await application.get(application.resource._links.self.href);
    expect([headers.get("x-ms-ucwaversion"), headers.get("x-ms-server-fqdn")]).toEqual([
      "2.0",
      "ucwa.doorbell.example",
    ]);
  });
});
