import { app } from "electron";

/**
 * What the program is started with while it runs already: the arguments of a second start, or the link that macOS opens it
 * with. Each is followed in its turn, also what comes before anybody can follow it.
 */
export class LaterStarts {
  #follow: ((args: readonly string[]) => void) | null = null;
  readonly #waiting: (readonly string[])[] = [];

  constructor() {
    app.on("second-instance", (_event, argv) => this.#take(argv.slice(1)));
    app.on("open-url", (event, url) => {
      event.preventDefault();
      this.#take([url]);
    });
  }

  follow(listener: (args: readonly string[]) => void): void {
    this.#follow = listener;
    for (const args of this.#waiting.splice(0)) listener(args);
  }

  #take(args: readonly string[]): void {
    if (this.#follow) this.#follow(args);
    else this.#waiting.push(args);
  }
}
