import { createApplication, TestChannel, virtualServer } from "./client.ts";
import type { Json, Reply, TestApplication } from "./client.ts";
import type { UcwaServer } from "../ucwa-server.ts";

/** Where applications are created. */
export const applicationsHref = "/ucwa/oauth/v1/applications";

/** What `createApplication` asks for: asked for once more, it is the same application. */
export const wanted = { culture: "en-US", userAgent: "Test/1", endpointId: "endpoint-1" };

/** So many minutes in milliseconds. */
export function minutes(count: number): number {
  return count * 60_000;
}

/** An application that nobody has made available yet. */
export interface FreshApplication {
  readonly server: UcwaServer;
  readonly application: TestApplication;
  /** As embedded in the answer to the creation. */
  readonly me: Json;
  readonly communication: Json;
  /** Where its event channel begins. */
  readonly events: string;
  readonly channel: TestChannel;
  readonly makeAvailable: (body?: object) => Promise<Reply>;
  /** What `me` says now. */
  readonly readMe: () => Promise<Json>;
}

/** Creates an application at a server of its own. */
export async function fresh(): Promise<FreshApplication> {
  const server = virtualServer();
  const application = await createApplication(server);
  const { me, communication } = application.resource._embedded;
  return {
    server,
    application,
    me,
    communication,
    events: application.resource._links.events.href,
    channel: new TestChannel(server, application, application.resource._links.events.href),
    makeAvailable: (body) => application.send("POST", me._links.makeMeAvailable.href, body),
    readMe: async () => (await application.get(me._links.self.href)).json,
  };
}
