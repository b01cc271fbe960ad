import { useState } from "preact/hooks";

import { numberFormat } from "../../locales/format.ts";
import { texts } from "../../locales/page-texts.ts";
import type { Answer, PanelBridge, PanelState, SoundName } from "../../preload/contract.ts";

interface Props {
  readonly state: Pick<PanelState, "settings" | "soundFiles">;
  readonly bridge: PanelBridge;
  /** Shows why something could not be done. */
  readonly after: (answer: Promise<Answer<null>>) => void;
}

const SOUNDS = ["ring", "urgentRing", "missed", "message"] as const satisfies readonly SoundName[];

/** Which sounds are heard, how loud, and what they are. */
export function SoundSettings({ state, bridge, after }: Props) {
  const { soundVolume, soundsOn } = state.settings;
  const words = texts.life;
  const volume = numberFormat({ style: "percent" }).format(soundVolume / 100);
  /** Why a file was not taken, beside the sound that it was for. */
  const [refused, setRefused] = useState<readonly [SoundName, string] | null>(null);
  const choose = (sound: SoundName): void => {
    setRefused(null);
    void bridge.chooseSound(sound).then((answer) => {
      if (!answer.ok) setRefused([sound, answer.error.message]);
    });
  };
  return (
    <section class="card padded form" aria-label={words.sounds}>
      <div class="field">
        <label for="sound-volume">{words.volume}</label>
        <div class="volume">
          <input
            id="sound-volume"
            type="range"
            min="0"
            max="100"
            step="5"
            value={soundVolume}
            aria-valuetext={volume}
            onChange={(event) =>
              after(bridge.changeSettings({ soundVolume: event.currentTarget.valueAsNumber }))
            }
          />
          <span>{soundVolume === 0 ? words.volumeOff : volume}</span>
        </div>
      </div>
      {SOUNDS.map((sound) => {
        const label = words.soundNames[sound];
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
              <span class="hint">{words.soundHints[sound]}</span>
            </label>
            <div class="actions">
              <button
                type="button"
                class="button"
                disabled={soundVolume === 0}
                aria-label={words.playSound(label)}
                onClick={() => after(bridge.trySound(sound))}
              >
                {words.play}
              </button>
              <button
                type="button"
                class="button"
                aria-label={words.chooseFileFor(label)}
                onClick={() => choose(sound)}
              >
                {words.chooseFile}
              </button>
              {file !== null && (
                <button
                  type="button"
                  class="button"
                  aria-label={words.resetSound(label)}
                  onClick={() => after(bridge.useOurSound(sound))}
                >
                  {words.reset}
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
      <span class="hint">{words.soundFilesHint}</span>
    </section>
  );
}
