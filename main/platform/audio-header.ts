/** The kinds of sound files that every page of ours can play. */
export type AudioType = "audio/wav" | "audio/ogg" | "audio/flac" | "audio/mpeg";

/** What a file is by its own first bytes, whatever its name says; null for everything else. Never throws. */
export function readAudioType(bytes: Uint8Array): AudioType | null {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("RIFF") && head.slice(8) === "WAVE") return "audio/wav";
  if (head.startsWith("OggS")) return "audio/ogg";
  if (head.startsWith("fLaC")) return "audio/flac";
  return head.startsWith("ID3") || isMpegFrame(bytes) ? "audio/mpeg" : null;
}

/** Eleven bits set, then layer III, and a rate of bits and one of samples that there are. Reference: ISO/IEC 11172-3, 2.4.1.3. */
function isMpegFrame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  if (first !== 0xff || (second & 0xe0) !== 0xe0 || (second & 0x06) !== 0x02) return false;
  return third >> 4 !== 15 && third >> 4 !== 0 && (third & 0x0c) !== 0x0c;
}
