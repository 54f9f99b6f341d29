// What a screen reader says: what changed, in a sentence, and never at every frame.

/** A live region; the last sentence within a moment is said. */
export class Speaker {
  /** @param {HTMLElement} region an element with `aria-live` */
  constructor(region) {
    this.region = region;
  }

  /** Say a sentence soon, instead of what was about to be said. */
  say(sentence) {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => { this.region.textContent = sentence; }, 150);
  }
}

/** What there is to see on a day, in sentences. */
export function summary(texts, names, numbers, day, date) {
  const world = (side) => texts.say("app spoken world", {
    name: names[side], waiting: texts.number(numbers[side].all), days: texts.number(numbers[side].mean),
    helped: texts.number(numbers[side].helped),
  });
  return `${texts.say("app spoken day", { day: texts.number(day), date })} ${world(0)} ${world(1)}`;
}

/** Which of the two worlds has more needs waiting, in a sentence. */
export function verdict(texts, names, numbers) {
  const [one, other] = numbers.map((each) => each.all);
  if (one === other) return texts.say("app verdict same", { count: texts.number(one) });
  const [more, fewer] = one > other ? [0, 1] : [1, 0];
  return texts.say("app verdict", {
    more: names[more], fewer: names[fewer],
    count: texts.number(numbers[more].all), against: texts.number(numbers[fewer].all),
  });
}
