import type { Answer, PanelBridge, PanelState, SoundName } from "../../preload/contract.ts";

interface Props {
  readonly state: Pick<PanelState, "settings" | "soundFiles">;
  readonly bridge: PanelBridge;
  /** Shows why something could not be done. */
  readonly after: (answer: Promise<Answer<null>>) => void;
}

const SOUNDS: ReadonlyArray<readonly [SoundName, string, string]> = [
  ["ring", "Invitation", "Until you answer."],
  ["urgentRing", "Urgent invitation", "Until you answer."],
  ["missed", "Missed invitation", "Once."],
  ["message", "New message", "Once, when you aren't looking at the conversation."],
];

/** Which sounds are heard, how loud, and what they are. */
export function SoundSettings({ state, bridge, after }: Props) {
  const { soundVolume, soundsOn } = state.settings;
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
            {file !== null && (
              <p class="file">
                {file.name}
                {file.problem !== "" && <span class="problem">{file.problem}</span>}
              </p>
            )}
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
                aria-label={`Choose a file: ${label}`}
                onClick={() => after(bridge.chooseSound(sound))}
              >
                Choose file…
              </button>
              {file !== null && (
                <button
                  type="button"
                  class="button"
                  aria-label={`Use Doorbell's own: ${label}`}
                  onClick={() => after(bridge.useOurSound(sound))}
                >
                  Use Doorbell's
                </button>
              )}
            </div>
          </div>
        );
      })}
      <span class="hint">Your own files can be WAV, MP3, Ogg or FLAC, of up to 5 MB.</span>
    </section>
  );
}
