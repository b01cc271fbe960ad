import { useState } from "preact/hooks";

import type { Answer, PanelBridge, PanelState, SoundName } from "../../preload/contract.ts";

interface Props {
  readonly state: Pick<PanelState, "settings" | "soundFiles">;
  readonly bridge: PanelBridge;
  /** Shows why something could not be done. */
  readonly after: (answer: Promise<Answer<null>>) => void;
}

const SOUNDS: ReadonlyArray<readonly [SoundName, string, string]> = [
  ["ring", "Invitation", "Rings until you answer."],
  ["urgentRing", "Urgent invitation", "Rings until you answer."],
  ["missed", "Missed invitation", "Sounds once."],
  ["message", "New message", "Sounds once, when you aren't looking at the conversation."],
];

/** Which sounds are heard, how loud, and what they are. */
export function SoundSettings({ state, bridge, after }: Props) {
  const { soundVolume, soundsOn } = state.settings;
  /** Why a file was not taken, beside the sound that it was for. */
  const [refused, setRefused] = useState<readonly [SoundName, string] | null>(null);
  const choose = (sound: SoundName): void => {
    setRefused(null);
    void bridge.chooseSound(sound).then((answer) => {
      if (!answer.ok) setRefused([sound, answer.error.message]);
    });
  };
  return (
    <section class="card padded form" aria-label="Sounds">
      <div class="field">
        <label for="sound-volume">Volume of sounds</label>
        <div class="volume">
          <input
            id="sound-volume"
            type="range"
            min="0"
            max="100"
            step="5"
            value={soundVolume}
            aria-valuetext={`${soundVolume}%`}
            onChange={(event) =>
              after(bridge.changeSettings({ soundVolume: event.currentTarget.valueAsNumber }))
            }
          />
          <span>{soundVolume === 0 ? "Off" : `${soundVolume}%`}</span>
        </div>
      </div>
      {SOUNDS.map(([sound, label, hint]) => {
        const file = state.soundFiles[sound];
        return (
          <div key={sound} class="sound" role="group" aria-label={label}>
            <label class="check">
              <input
                type="checkbox"
                checked={soundsOn[sound]}
                onChange={(event) =>
                  after(
                    bridge.changeSettings({
                      soundsOn: { ...soundsOn, [sound]: event.currentTarget.checked },
                    }),
                  )
                }
              />
              <span>{label}</span>
              <span class="hint">{hint}</span>
            </label>
            <div class="actions">
              <button
                type="button"
                class="button"
                disabled={soundVolume === 0}
                aria-label={`Play: ${label}`}
                onClick={() => after(bridge.trySound(sound))}
              >
                Play
              </button>
              <button
                type="button"
                class="button"
                aria-label={`Choose file: ${label}`}
                onClick={() => choose(sound)}
              >
                Choose file…
              </button>
              {file !== null && (
                <button
                  type="button"
                  class="button"
                  aria-label={`Reset to Doorbell's own: ${label}`}
                  onClick={() => after(bridge.useOurSound(sound))}
                >
                  Reset
                </button>
              )}
            </div>
            {file !== null && (
              <p class="file">
                {file.name}
                {file.problem !== "" && <span class="problem">{file.problem}</span>}
              </p>
            )}
            {refused?.[0] === sound && (
              <p class="file problem" role="alert">
                {refused[1]}
              </p>
            )}
          </div>
        );
      })}
      <span class="hint">Your own files can be WAV, MP3, Ogg or FLAC, of up to 5 MB.</span>
    </section>
  );
}
