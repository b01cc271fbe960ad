import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { CALLER, expect, PASSWORD, test, USER } from "./support/test.ts";

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["index.html", "text/html"],
  "/client.js": ["client.js", "text/javascript"],
};

/** Serves the web client on an origin of its own. */
async function webClient(): Promise<{ readonly origin: string } & AsyncDisposable> {
  const http = createServer((request, response) => {
    const [file, type] = files[request.url ?? ""] ?? [];
    if (file === undefined || type === undefined) return void response.writeHead(404).end();
    void readFile(new URL(`support/web-client/${file}`, import.meta.url)).then((content) =>
      response.writeHead(200, { "Content-Type": type }).end(content),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function signIn(page: Page, client: string, server: string): Promise<void> {
  await page.goto(client);
  await page.getByLabel("Server").fill(server);
  await page.getByLabel("Address").fill(USER);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a web application of an allowed origin signs in through the frame, is called, accepts and ends", async ({
  page,
  server,
}) => {
  await using client = await webClient();
  await server.control("PUT", "switches", { allowedOrigins: [client.origin] });
  await signIn(page, client.origin, server.url);
  const state = page.getByRole("status");
  await expect(state).toHaveText("Signed in");
  await expect
    .poll(async () => (await server.state()).applications)
    .toMatchObject([{ userAgent: "WebClient/1", available: true, parked: 1 }]);
  const id = await server.invite();
  await expect(state).toHaveText(`${CALLER.name} calls`);
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(state).toHaveText("Connected");
  expect((await server.state()).invitations).toMatchObject([{ id, state: "connected" }]);
  await page.getByRole("button", { name: "End" }).click();
  await expect(state).toHaveText("Ended");
  expect((await server.state()).invitations).toMatchObject([{ id, state: "over" }]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(state).toHaveText("Signed out");
  expect((await server.state()).applications).toEqual([]);
});

test("a web application of another origin is told that it is not allowed, and gets nothing else", async ({
  page,
  server,
}) => {
  await using allowed = await webClient();
  await using other = await webClient();
  await server.control("PUT", "switches", { allowedOrigins: [allowed.origin] });
  await signIn(page, other.origin, server.url);
  await expect(page.getByRole("status")).toHaveText(
    "Failed: 403 The origin is not in the list of allowed domains.",
  );
  const { requests, breaches } = await server.state();
  expect(requests.filter(({ endpoint }) => endpoint !== "xframe").map(({ status }) => status)).toEqual([403]);
  expect(breaches).toMatchObject([{ rule: "originHeader" }]);
  await server.control("DELETE", "breaches");
});
