import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readAudioType } from "./audio-header.ts";

const latin = (text: string): Uint8Array => Buffer.from(text, "latin1");

describe("a sound file", () => {
  it.each([
    ["WAV", "RIFF\u0024\0\0\0WAVEfmt ", "audio/wav"],
    ["Ogg", "OggS\0\u0002", "audio/ogg"],
    ["FLAC", "fLaC\0\0\0\u0022", "audio/flac"],
    ["MP3 with a tag", "ID3\u0004\0", "audio/mpeg"],
    ["MP3 without one", "\u00ff\u00fb\u0090\u0064", "audio/mpeg"],
  ])("is known as %s by its first bytes", (_name, bytes, type) => {
    expect(readAudioType(latin(bytes))).toBe(type);
  });

  it.each([
    ["a video in the same container as WAV", "RIFF\u0024\0\0\0AVI LIST"],
    ["AAC, whose frames begin like those of MP3", "\u00ff\u00f1\u0050\u0080"],
    ["MP2", "\u00ff\u00fd\u0090\u0064"],
    ["a text in UTF-16", "\u00ff\u00feh\0"],
    ["a page", "<!doctype html>"],
    ["nothing", ""],
  ])("is not %s", (_name, bytes) => {
    expect(readAudioType(latin(bytes))).toBeNull();
  });

  it("is looked at whatever its bytes are", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => void readAudioType(bytes)));
  });
});
