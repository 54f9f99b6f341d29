// Titles in a few lines that fit: whole words where there is room, else broken where a syllable begins.

const HIGH = 43; // pixels for all lines
const WHOLE = [12, 11, 10, 9], BROKEN = [11, 10, 9, 8]; // sizes of letters in pixels, the best first
const SYLLABLES = /(?<=\p{L}{3})(?=[^aeiouy\P{L}][aeiouy]\p{L})/giu; // before a consonant that a vowel follows
const LETTERS = /(?<=\p{L}{2})(?=\p{L}{2})/gu; // where nothing else helps
// The best first: of which size, where words are broken, and whether the first line is left empty.
const WAYS = [[WHOLE, null, 0], [WHOLE, null, 1], [BROKEN, SYLLABLES, 0], [BROKEN, SYLLABLES, 1], [BROKEN, LETTERS, 0]];

/**
 * The largest way in which a title fits.
 * @param {string} title
 * @param {(line: number) => number} room of each line, in pixels
 * @param {(text: string, size: number) => number} measure how wide a text is
 * @returns {{size: number, lines: string[]}} lines may begin with an empty one
 */
export function fitted(title, room, measure) {
  for (const [sizes, breaks, first] of WAYS) {
    for (const size of sizes) {
      const most = Math.floor(HIGH / (size + 1));
      const lines = wrapped(title, first, most, (text, line) => measure(text, size) <= room(line), breaks);
      if (lines) return { size, lines };
    }
  }
  const size = BROKEN.at(-1);
  return { size, lines: ["", clipped(title, (text) => measure(text, size) <= room(1))] };
}

// Null where it takes too many lines, or a word does not fit.
function wrapped(title, first, most, fits, breaks) {
  const lines = Array(first).fill(""), words = title.split(" ");
  let line = "";
  while (words.length && lines.length < most) {
    const word = words.shift(), longer = line ? `${line} ${word}` : word;
    if (fits(longer, lines.length)) { line = longer; continue; }
    const before = line ? `${line} ` : "";
    const parts = breaks ? broken(word.split(breaks), (part) => fits(before + part, lines.length)) : null;
    if (!parts && !line) return null;
    lines.push(parts ? before + parts[0] : line);
    words.unshift(parts ? parts[1] : word);
    line = "";
  }
  return words.length || lines.length === most ? null : [...lines, line];
}

// The most of a word that fits, with its hyphen, and the rest of it.
function broken(parts, fits) {
  for (let most = parts.length - 1; most > 0; most--) {
    const start = `${parts.slice(0, most).join("")}-`;
    if (fits(start)) return [start, parts.slice(most).join("")];
  }
  return null;
}

// A text that ends in three dots where it does not fit.
function clipped(text, fits) {
  if (fits(text)) return text;
  let end = text.length;
  while (end > 1 && !fits(`${text.slice(0, end)}…`)) end--;
  return `${text.slice(0, end)}…`;
}
