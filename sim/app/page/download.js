// What can be taken along: the numbers, and the picture with its legend and its title.

const GAP = 24, SIZE = 14, LINE = 24, COLUMNS = 3;

const fontOf = (size, weight = "400") => `${weight} ${size}px system-ui, sans-serif`;

/** Where each row of a legend begins, and how high all are, by the lines of its texts. */
function rowsOf(lines, row) {
  const tops = [];
  let height = 0;
  for (let i = 0; i < lines.length; i += COLUMNS) {
    tops.push(height);
    height += row * (0.35 + 0.7 * Math.max(...lines.slice(i, i + COLUMNS).map((each) => each.length)));
  }
  return { tops, height };
}

/** A text in lines no longer than that. */
function wrapped(context, text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (context.measureText(longer).width <= width || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Let the browser keep some bytes under a name. */
export function keep(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Numbers as a file; the mark in front tells spreadsheets that it is UTF-8. */
export const csvBlob = (text) => new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" });

/**
 * Both worlds as they are on screen, as a picture.
 * @param {{title: string, line: string, worlds: {canvas: HTMLCanvasElement, name: string, line: string, colour: string}[],
 *   legend: {text: string, draw: Function}[]}} what
 * @returns {Promise<Blob>}
 */
export function picture({ title, line, worlds, legend }) {
  const width = Math.max(...worlds.map(({ canvas }) => canvas.width)), scale = Math.max(1, width / 640);
  const height = Math.max(...worlds.map(({ canvas }) => canvas.height));
  const gap = GAP * scale, row = LINE * scale, head = row * 5.2;
  const all = document.createElement("canvas");
  all.width = width * 2 + gap * 3;
  const c = all.getContext("2d");
  const cell = (all.width - gap * 2) / COLUMNS, indent = SIZE * scale * 1.8;
  c.font = fontOf(13 * scale);
  const lines = legend.map(({ text }) => wrapped(c, text, cell - indent - gap));
  const under = rowsOf(lines, row);
  all.height = head + height + row + under.height + gap;
  const write = (text, x, y, size, weight = "400", colour = "#1b1b1b", most = undefined) => {
    c.font = fontOf(size * scale, weight);
    c.fillStyle = colour;
    c.fillText(text, x, y, most);
  };
  c.fillStyle = "#ffffff";
  c.fillRect(0, 0, all.width, all.height);
  write(title, gap, row * 1.3, 20, "600");
  c.font = fontOf(14 * scale);
  wrapped(c, line, all.width - 2 * gap).slice(0, 2).forEach((text, at) => write(text, gap, row * (2.2 + 0.8 * at), 14));
  worlds.forEach((world, side) => {
    const x = gap + side * (width + gap);
    write(`${world.name}: ${world.line}`, x, row * 4.5, 15, "600", world.colour, width);
    c.drawImage(world.canvas, x, head);
    c.strokeStyle = world.colour;
    c.lineWidth = 2 * scale;
    c.strokeRect(x, head, width, height);
  });
  legend.forEach((each, i) => {
    const x = gap + (i % COLUMNS) * cell, y = head + height + row + under.tops[Math.floor(i / COLUMNS)];
    c.save();
    each.draw(c, x + (SIZE * scale) / 2, y, SIZE * scale);
    c.restore();
    lines[i].forEach((text, at) => write(text, x + indent, y + 5 * scale + at * row * 0.7, 13));
  });
  return new Promise((done) => { all.toBlob(done, "image/png"); });
}
