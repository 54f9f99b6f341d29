// Axes of a chart: where ticks stand, and what they say.

const DAY = 86400000;

/**
 * Three to five round numbers from the lowest to at least the highest.
 * @param {number} low
 * @param {number} high
 * @param {boolean} whole only whole numbers, as of people
 */
export function ticks(low, high, whole) {
  const rough = Math.max(high - low, whole ? 3 : 1e-6) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  let step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough - 1e-12);
  if (whole) step = Math.max(1, Math.ceil(step));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The date of a day, as `day` counts from `start` (like "2005-01-01"). */
export function dateOf(start, day) {
  return new Date(Date.parse(`${start}T00:00:00Z`) + day * DAY);
}

/** A date in full in the language. */
export function dated(start, day, language) {
  const form = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(language === "nl" ? "nl-NL" : "en-GB", form).format(dateOf(start, day));
}

/**
 * Days on which a year begins (a quarter or a month, where there is little more of them), each with what it is called.
 * @returns {{day: number, label: string}[]}
 */
export function timeTicks(start, days, language) {
  const years = days > 500, step = years ? 12 : days > 130 ? 3 : 1;
  const form = years ? { year: "numeric", timeZone: "UTC" } : { month: "short", year: "2-digit", timeZone: "UTC" };
  const said = new Intl.DateTimeFormat(language === "nl" ? "nl-NL" : "en-GB", form);
  const first = dateOf(start, 0);
  const found = [];
  for (let month = 0; ; month += step) {
    const from = years ? 0 : Math.floor(first.getUTCMonth() / step) * step;
    const date = Date.UTC(first.getUTCFullYear(), from + month, 1);
    const day = Math.round((date - first.getTime()) / DAY);
    if (day > days) return thinned(found);
    if (day >= 0) found.push({ day, label: said.format(date) });
  }
}

function thinned(found) {
  const every = Math.ceil(found.length / 5);
  return found.filter((_, i) => i % every === 0);
}

/** A way to write numbers in the language with so many digits behind the comma. */
export function numbers(language, digits) {
  return new Intl.NumberFormat(language === "nl" ? "nl-NL" : "en-GB", {
    minimumFractionDigits: digits, maximumFractionDigits: digits,
  });
}

/**
 * Where levers were moved after the first day: once for each world and day.
 * @param {{day: number, lever: string}[][]} changes of each world
 * @returns {{day: number, side: number, levers: number}[]} in order of days, with how many levers
 */
export function movesOf(changes, days) {
  const found = changes.flatMap((own, side) => {
    const later = own.map((each) => each.day).filter((day) => day > 0 && day < days);
    return [...new Set(later)].map((day) => ({ day, side, levers: later.filter((each) => each === day).length }));
  });
  return found.sort((one, other) => one.day - other.day || one.side - other.side);
}
