// The day on screen, and how it moves on.

export const SPEEDS = [3, 7, 14, 28, 84];

/** Plays days on, one picture for each frame of the screen. */
export class Clock {
  /**
   * @param {() => number} days how many days there are
   * @param {(day: number, playing: boolean) => void} onday draw this day
   * @param {() => void} onstop it stands still
   */
  constructor(days, onday, onstop) {
    Object.assign(this, { days, onday, onstop, day: 0, speed: 14, playing: false });
  }

  /** Go to a day. */
  go(day) {
    this.day = Math.min(Math.max(day, 0), this.days() - 1);
    this.onday(this.day, this.playing);
  }

  /** Go some whole days on, or back. */
  step(days) {
    this.pause();
    this.go(Math.floor(this.day) + days);
    this.onstop();
  }

  /** Play on; from the start where it stands at the end. */
  play() {
    if (this.playing) return;
    if (this.day >= this.days() - 1) this.day = 0;
    this.playing = true;
    this.last = performance.now();
    this.frame = requestAnimationFrame(this.#tick);
    this.onday(this.day, true);
  }

  /** Stand still. */
  pause() {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.day = Math.floor(this.day);
    this.onday(this.day, false);
    this.onstop();
  }

  #tick = (now) => {
    if (!this.playing) return;
    // A tab that was hidden goes on where it was.
    const passed = Math.min(Math.max(now - this.last, 0), 250) / 1000;
    this.last = now;
    this.day += passed * this.speed;
    if (this.day >= this.days() - 1) {
      this.day = this.days() - 1;
      this.pause();
      return;
    }
    this.onday(this.day, true);
    this.frame = requestAnimationFrame(this.#tick);
  };
}
