import { describe, expect, it } from "vitest";

import { sampleRate, soundFiles } from "./sounds.mjs";

const BLOCK_SECONDS = 0.02;

/** How loud each fiftieth of a second is, from 0 to 1. */
function loudness(file: Buffer): readonly number[] {
  const size = Math.round(sampleRate * BLOCK_SECONDS);
  const samples = Array.from({ length: (file.length - 44) / 2 }, (_, i) => file.readInt16LE(44 + i * 2));
  return Array.from({ length: Math.floor(samples.length / size) }, (_, block) => {
    const part = samples.slice(block * size, (block + 1) * size);
    return Math.sqrt(part.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / size);
  });
}

describe("the sounds", () => {
  const files = soundFiles();

  it.each(["ring", "urgentRing", "missed", "message"])(
    "%s is a WAV file that is heard at once, is never clipped and ends in silence",
    (name) => {
      const file = files.get(name) ?? Buffer.alloc(0);
      expect(file.toString("latin1", 0, 4) + file.toString("latin1", 8, 16)).toBe("RIFFWAVEfmt ");
      expect(file.readUInt32LE(40)).toBe(file.length - 44);
      const blocks = loudness(file);
      expect(blocks[0]).toBeGreaterThan(0.05);
      expect(blocks.at(-1)).toBeLessThan(0.01);
      for (let at = 44; at < file.length; at += 2)
        expect(Math.abs(file.readInt16LE(at))).toBeLessThan(28_000);
    },
  );

  it("are the same bytes each time, and small", () => {
    const again = soundFiles();
    for (const [name, file] of files) expect(again.get(name)?.equals(file)).toBe(true);
    const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    expect(bytes).toBeLessThan(250_000);
  });

  it("leave a pause between two rings, and hardly one between two urgent ones", () => {
    const pause = (name: string): number => {
      const blocks = loudness(files.get(name) ?? Buffer.alloc(0));
      return (blocks.length - 1 - blocks.findLastIndex((rms) => rms > 0.01)) * BLOCK_SECONDS;
    };
    expect(pause("ring")).toBeGreaterThan(0.4);
    expect(pause("urgentRing")).toBeLessThan(0.3);
  });
});
