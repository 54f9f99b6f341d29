// How far luck alone makes two worlds differ: by week, the 10th to the 90th centile of worlds with other luck.

/** Fewer worlds than this say little about a tenth of them. */
export const ENOUGH = 5;

/** Grows with every world that comes in; each week keeps its numbers in order, so that a new one costs little. */
export class Band {
  constructor() {
    this.weeks = [];
    this.size = 0;
  }

  /** Add the weeks of a world. */
  add(values) {
    this.size += 1;
    values.forEach((value, week) => {
      const there = (this.weeks[week] ??= []);
      if (Number.isNaN(value)) return;
      let place = there.length;
      while (place > 0 && there[place - 1] > value) place -= 1;
      there.splice(place, 0, value);
    });
  }

  /** The centiles of a week, or null where there are too few worlds. */
  at(week) {
    const there = this.weeks[week];
    return there && there.length >= ENOUGH ? [centile(there, 0.1), centile(there, 0.9)] : null;
  }
}

function centile(ordered, part) {
  const place = part * (ordered.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, ordered.length - 1);
  return ordered[below] + (place - below) * (ordered[above] - ordered[below]);
}
