// One question in flight of each kind: of all that is wished meanwhile, the newest is asked next.

/** Asks with a function, one at a time; only the newest waiting wish is kept. */
export class Newest {
  /** @param {(wish: any) => Promise<void>} ask asks, and does something with the answer */
  constructor(ask) {
    this.ask = ask;
    this.busy = false;
    this.waiting = null;
  }

  /** Wish for something; the promise ends when nothing is asked or wished any more. */
  async wish(wish) {
    if (this.busy) {
      this.waiting = { wish };
      return;
    }
    this.busy = true;
    try {
      for (let next = { wish }; next; next = this.waiting) {
        this.waiting = null;
        await this.ask(next.wish);
      }
    } finally {
      this.busy = false;
    }
  }
}

/** Counters that prove how smooth and how quick the page is. */
export class Counters {
  frames = 0;
  framesASecond = 0;
  opened = 0;
  latencies = [];
  #times = [];

  /** A frame was drawn. */
  frame(playing) {
    this.frames++;
    if (!playing) { this.#times = []; return; }
    const now = performance.now();
    this.#times.push(now);
    while (this.#times.length > 1 && now - this.#times[0] > 1000) this.#times.shift();
    const span = now - this.#times[0];
    if (span > 300) this.framesASecond = ((this.#times.length - 1) * 1000) / span;
  }

  /** From the movement of a control to the first picture of the new future. */
  pictured(since) {
    this.opened++;
    if (since === undefined) return;
    this.latencies.push(performance.now() - since);
    if (this.latencies.length > 200) this.latencies.shift();
  }

  /** The median of those times in milliseconds; null before the first. */
  get median() {
    const sorted = [...this.latencies].sort((one, other) => one - other);
    return sorted.length ? sorted[Math.floor((sorted.length - 1) / 2)] : null;
  }
}
