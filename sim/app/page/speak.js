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

/** In which of the two worlds more needs wait, and in which they have waited longer, in two sentences. */
export function verdict(texts, names, numbers) {
  return `${more(texts, names, numbers)} ${longer(texts, names, numbers)}`.trim();
}

function longer(texts, names, numbers) {
  const [one, other] = numbers.map((each) => Math.round(each.mean));
  if (one === other) return "";
  const [longest, shortest] = one > other ? [0, 1] : [1, 0];
  return texts.say("app longer", {
    name: names[longest], days: texts.number(numbers[longest].mean), against: texts.number(numbers[shortest].mean),
  });
}

function more(texts, names, numbers) {
  const [one, other] = numbers.map((each) => each.all);
  if (one === other) return texts.say("app verdict same", { count: texts.number(one) });
  const [most, fewest] = one > other ? [0, 1] : [1, 0];
  return texts.say("app verdict", {
    more: names[most], count: texts.number(numbers[most].all), against: texts.number(numbers[fewest].all),
  });
}
