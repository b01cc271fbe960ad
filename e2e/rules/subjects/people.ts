import type { Section } from "../rule.ts";

/** Who somebody is, and what they look like. */
export const people: Section = {
  title: "People",
  rules: [
    {
      id: "photo-size",
      page: "contactPhoto",
      rule: "A photo is asked for at a size such as HR96X96.",
    },
    {
      id: "photo-etag",
      page: "contactPhoto, HTTP",
      rule: "A photo that is known by its ETag, and has not changed, is not sent again: 304.",
    },
    {
      id: "photo-none",
      page: "contactPhoto",
      rule: "The link to a photo is there where there is none, or none may be seen: 404, 403.",
    },
  ],
};
