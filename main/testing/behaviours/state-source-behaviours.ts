import assert from "node:assert/strict";
import type { AppState, StateSource } from "../../core/app-state.ts";
import type { SessionState } from "../../ucwa/session-port.ts";

export interface StateSourceStand {
  readonly source: StateSource;
  /** The session of the state becomes this. */
  readonly become: (session: SessionState) => void;
}

/** Something that every implementation of `StateSource` does. `run` throws when one does not. */
export interface StateSourceBehaviour {
  readonly name: string;
  readonly run: (stand: StateSourceStand) => void;
}

const DISCOVERING: SessionState = { name: "discovering" };
const CREATING: SessionState = { name: "creating" };

/** What surfaces rely on of the state that they draw, whoever tells it. */
export const stateSourceBehaviours: readonly StateSourceBehaviour[] = [
  {
    name: "a change is told with what was before, and is the state from then on",
    run: ({ source, become }) => {
      const before = source.state;
      const told: [AppState, AppState][] = [];
      source.subscribe((state, previous) => {
        assert.equal(source.state, state);
        told.push([state, previous]);
      });
      become(DISCOVERING);
      assert.deepEqual(told, [[{ ...before, session: DISCOVERING }, before]]);
    },
  },
  {
    name: "what is no change is told to nobody",
    run: ({ source, become }) => {
      become(DISCOVERING);
      let told = 0;
      source.subscribe(() => void told++);
      become({ ...DISCOVERING });
      assert.equal(told, 0);
    },
  },
  {
    name: "whoever listens twice is told twice, and each of them stops by itself",
    run: ({ source, become }) => {
      let told = 0;
      const listener = (): void => void told++;
      const stop = source.subscribe(listener);
      source.subscribe(listener);
      become(DISCOVERING);
      assert.equal(told, 2);
      stop();
      stop();
      become(CREATING);
      assert.equal(told, 3);
    },
  },
  {
    name: "what a listener changes is told when everybody knows of the change before",
    run: ({ source, become }) => {
      const told: string[] = [];
      source.subscribe(({ session }) => {
        told.push(`one ${session.name}`);
        if (session.name === "discovering") become(CREATING);
      });
      source.subscribe(({ session }, previous) =>
        told.push(`other ${session.name} after ${previous.session.name}`),
      );
      become(DISCOVERING);
      assert.deepEqual(told, [
        "one discovering",
        "other discovering after signedOut",
        "one creating",
        "other creating after discovering",
      ]);
    },
  },
  {
    name: "a listener that fails keeps neither the change nor another listener from its turn",
    run: ({ source, become }) => {
      let told = 0;
      source.subscribe(() => {
        throw new Error("a fault");
      });
      source.subscribe(() => void told++);
      become(DISCOVERING);
      assert.equal(told, 1);
      assert.equal(source.state.session.name, "discovering");
    },
  },
];
