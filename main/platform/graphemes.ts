/** What a reader takes for one sign each, a letter with its accents or an emoji of five. Unicode UAX #29. */
export function graphemes(text: string): Intl.Segments {
  return (segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" })).segment(text);
}

/** Made with the first text that needs it: that takes milliseconds, which the first window is not to wait for. */
let segmenter: Intl.Segmenter | undefined;
