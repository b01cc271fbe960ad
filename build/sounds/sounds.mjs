/**
 * The sounds of Doorbell, computed from the notes below: the same bytes at every build, so that no file of them is kept
 * in the repository. The bundler puts them beside the pages, which find them on their own scheme.
 */

/** Samples a second: above what a bell has, and half the size of what music has. */
export const sampleRate = 22_050;

/** Above the tone that is struck, a bell has fainter ones that go sooner: multiple, loudness, how fast it fades. */
const partials = [
  [1, 1, 1],
  [2, 0.4, 1.6],
  [3.01, 0.16, 2.4],
  [4.22, 0.06, 4],
];
const attackSeconds = 0.004;
const releaseSeconds = 0.08;
/** Of the loudest sample: room for what a system adds on its way to the speaker. */
const peak = 0.8;

/** @typedef {{ at: number, hertz: number, to?: number, fades: number }} Note seconds; `fades`: to a third within so many; `to`: where a falling tone ends */

/** @type {Readonly<Record<string, { seconds: number, loudness: number, notes: readonly Note[] }>>} */
const scores = {
  // Two notes and a pause, again and again while it rings.
  ring: {
    seconds: 2.6,
    loudness: 1,
    notes: [
      { at: 0, hertz: 659.26, fades: 0.32 },
      { at: 0.42, hertz: 523.25, fades: 0.42 },
    ],
  },
  // Higher, faster, and with hardly a pause.
  urgentRing: {
    seconds: 1.2,
    loudness: 1,
    notes: [0, 0.13, 0.26, 0.39, 0.52, 0.65].map((at, index) => ({
      at,
      hertz: index % 2 === 0 ? 1318.51 : 1046.5,
      fades: 0.14,
    })),
  },
  missed: {
    seconds: 0.7,
    loudness: 0.6,
    notes: [{ at: 0, hertz: 440, to: 220, fades: 0.3 }],
  },
  message: {
    seconds: 0.3,
    loudness: 0.4,
    notes: [{ at: 0, hertz: 880, fades: 0.06 }],
  },
};

/**
 * Every sound as the bytes of a WAV file: one channel, 16 bits.
 * @returns {ReadonlyMap<string, Buffer>} by its name
 */
export function soundFiles() {
  return new Map(
    Object.entries(scores).map(([name, { seconds, loudness, notes }]) => [
      name,
      wav(normalised(samplesOf(seconds, notes), loudness * peak)),
    ]),
  );
}

/**
 * Writes them into `sounds/` of a bundle.
 * @returns {import("vite").Plugin}
 */
export function bundledSounds() {
  return {
    name: "sounds",
    generateBundle() {
      for (const [name, source] of soundFiles())
        this.emitFile({ type: "asset", fileName: `sounds/${name}.wav`, source });
    },
  };
}

/**
 * @param {number} seconds
 * @param {readonly Note[]} notes
 */
function samplesOf(seconds, notes) {
  const samples = new Float64Array(Math.round(seconds * sampleRate));
  for (const note of notes) strike(samples, note);
  // What is cut off in the middle of a wave clicks.
  const release = Math.round(releaseSeconds * sampleRate);
  for (let i = 0; i < release; i++) {
    const at = samples.length - 1 - i;
    samples[at] = ((samples[at] ?? 0) * i) / release;
  }
  return samples;
}

/**
 * @param {Float64Array} samples
 * @param {Note} note
 */
function strike(samples, { at, hertz, to = hertz, fades }) {
  const start = Math.round(at * sampleRate);
  const glide = (samples.length - start) / sampleRate;
  for (let i = start; i < samples.length; i++) {
    const t = (i - start) / sampleRate;
    // Of a tone that moves evenly, the turns so far.
    const turns = hertz * t + ((to - hertz) * t * t) / (2 * glide);
    const attack = Math.min(1, t / attackSeconds);
    let sum = 0;
    for (const [multiple = 1, strength = 1, haste = 1] of partials)
      sum += strength * Math.exp((-t * haste) / fades) * Math.sin(2 * Math.PI * multiple * turns);
    samples[i] = (samples[i] ?? 0) + attack * sum;
  }
}

/**
 * @param {Float64Array} samples
 * @param {number} loudest
 */
function normalised(samples, loudest) {
  const highest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.map((sample) => (sample / highest) * loudest);
}

/**
 * Reference: Multimedia Programming Interface and Data Specifications 1.0, "Waveform Audio File Format".
 * @param {Float64Array} samples from -1 to 1
 */
function wav(samples) {
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => data.writeInt16LE(Math.round(sample * 32_767), index * 2));
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  // PCM, one channel.
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
