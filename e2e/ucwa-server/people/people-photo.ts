import { createHash } from "node:crypto";
import { invalidParameter, problem } from "../http/endpoint.ts";
import type { Answer, Exchange } from "../http/endpoint.ts";
import type { Application } from "../application/served-application.ts";
import { addressOf } from "../sign-in/users.ts";
import type { HeaderPairs } from "../http/message.ts";
import { late } from "./late.ts";

/** Where the photo of somebody with this address is. */
export function photoHref(application: Application, uri: string): string {
  return `${application.base}/photos/${photoSegment(uri)}`;
}

/**
 * Makes a photo answer as the switch says. The link is there for everybody, also where there is no photo, as in
 * deployments without any. Reference: contactPhoto, photo
 */
export function mountPhoto(application: Application, uri: string): void {
  application.mount(`/photos/${photoSegment(uri)}`, {
    name: "contactPhoto",
    mayAdd: ["size"],
    GET: (exchange) => photo(application, uri, exchange),
  });
}

function photo({ context }: Application, uri: string, { request, url }: Exchange): Answer | Promise<Answer> {
  const size = url.searchParams.get("size");
  if (size !== null && !/^HR\d{2,3}X\d{2,3}$/i.test(size)) return invalidParameter("size", "such as HR64X64");
  const listed = context.directory.find(uri);
  const how = listed?.photo ?? (listed?.jpeg === undefined ? context.switches.photos : "shown");
  switch (how) {
    case "none":
      return problem(404, "None", "The user has no photo.");
    case "forbidden":
      return problem(403, "None", "Photos are switched off.");
    case "unavailable":
      return problem(504, "ExchangeServiceFailure", "The photo could not be fetched in time.");
    case "broken":
      return shown("This is not a picture.", []);
    case "huge":
      return shown(huge, []);
    case "shown":
    case "slow":
      break;
  }
  const own = listed?.jpeg === undefined ? picture : Buffer.from(listed.jpeg, "base64");
  const etag = `"${createHash("sha256").update(uri).update(own).digest("hex").slice(0, 16)}"`;
  const caching = [
    ["ETag", etag],
    ["Expires", new Date(context.clock.now() + 24 * 3_600_000).toUTCString()],
  ] as const;
  const held = (request.headers.get("if-none-match") ?? "").split(",").map((one) => one.trim());
  if (held.includes(etag)) return { kind: "empty", status: 304, headers: caching };
  const answer = shown(own, caching);
  return how === "slow" ? late(context, answer) : answer;
}

function shown(body: Uint8Array | string, caching: HeaderPairs): Answer {
  const headers = [["Content-Type", "image/jpeg"], ...caching] as const;
  return { kind: "response", response: { status: 200, headers, body } };
}

/** Photos have addresses of their own, beside the people. */
function photoSegment(uri: string): string {
  return encodeURIComponent(addressOf(uri)).replaceAll("%40", "@");
}

/** 48 by 48 pixels of sky, for everybody. */
const sky = [
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxO",
  "UlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P",
  "T09PT09PT0//wAARCAAwADADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAWEAEBAQAAAAAAAAAAAAAAAAAAE2H/",
  "xAAXAQEBAQEAAAAAAAAAAAAAAAAAAwQF/8QAFhEBAQEAAAAAAAAAAAAAAAAAABES/9oADAMBAAIRAxEAPwCSWEsWyJOlWCIpYSxb",
  "IkUiKWEsWyJFIukSWyJJaUiKRJbIkaIikSWyJGiLZElssJYlVIikSWywlhSIpElssJYUj//Z",
].join("");

/** Real photos are 2 to 100 kilobytes; a comment segment makes up for how little there is to see. */
const picture = padded(Buffer.from(sky, "base64"), 2048);

/** Nobody's photo is so big; the picture in it can be shown all the same. */
const huge = Buffer.concat([picture, Buffer.alloc(5_000_000)]);

function padded(jpeg: Uint8Array, bytes: number): Uint8Array {
  const missing = bytes - jpeg.length - 2;
  const comment = Buffer.alloc(missing + 2, " ");
  comment.writeUInt16BE(0xfffe, 0);
  comment.writeUInt16BE(missing, 2);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}
