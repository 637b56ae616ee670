import { setTimeout as pause } from "node:timers/promises";
import type { AttemptLayout } from "../layout.ts";
import { firstState, writeState, type AttemptState, type Ending } from "../state.ts";

const heartbeatMs = 1000;

/** The supervisor's word to the world: kept here, written every second and at each change that must not be lost. */
export class AttemptRecord {
  readonly #layout: AttemptLayout;
  #state: AttemptState = firstState;
  #writing: Promise<void> = Promise.resolve();
  readonly #beat: NodeJS.Timeout;

  constructor(layout: AttemptLayout) {
    this.#layout = layout;
    this.#beat = setInterval(() => void this.save(), heartbeatMs);
  }
  get state(): AttemptState {
    return this.#state;
  }

  update(change: Partial<AttemptState>): void {
    this.#state = { ...this.#state, ...change };
  }

  /** One write at a time, the newest last. A full disk costs a heartbeat, not the job. */
  save(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write().catch(() => {}));
    return this.#writing;
  }

  async end(ending: Ending): Promise<void> {
    clearInterval(this.#beat);
    await this.#writing;
    this.update({ phase: "ended", ending, usage: null });
    for (let tries = 0; ; tries++) {
      try {
        return await this.#write();
      } catch (error) {
        if (tries >= 60) throw error;
        await pause(500);
      }
    }
  }

  #write(): Promise<void> {
    this.update({ heartbeatMs: Date.now() });
    return writeState(this.#layout, this.#state);
  }
}
