// What can be taken along: the numbers, and the picture with its legend and its title.

const GAP = 24, SIZE = 14, LINE = 24;

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
  const gap = GAP * scale, row = LINE * scale, head = row * 4.5;
  const columns = 4, rows = Math.ceil(legend.length / columns);
  const all = document.createElement("canvas");
  all.width = width * 2 + gap * 3;
  all.height = head + height + row * (rows + 1) + gap;
  const c = all.getContext("2d");
  const write = (text, x, y, size, weight = "400", colour = "#1b1b1b") => {
    c.font = `${weight} ${size * scale}px system-ui, sans-serif`;
    c.fillStyle = colour;
    c.fillText(text, x, y);
  };
  c.fillStyle = "#ffffff";
  c.fillRect(0, 0, all.width, all.height);
  write(title, gap, row * 1.3, 20, "600");
  write(line, gap, row * 2.2, 14);
  worlds.forEach((world, side) => {
    const x = gap + side * (width + gap);
    write(`${world.name}: ${world.line}`, x, row * 3.7, 15, "600", world.colour);
    c.drawImage(world.canvas, x, head);
    c.strokeStyle = world.colour;
    c.lineWidth = 2 * scale;
    c.strokeRect(x, head, width, height);
  });
  const cell = (all.width - gap * 2) / columns;
  legend.forEach((each, i) => {
    const x = gap + (i % columns) * cell, y = head + height + row * (Math.floor(i / columns) + 1.2);
    c.save();
    each.draw(c, x + (SIZE * scale) / 2, y, SIZE * scale);
    c.restore();
    write(each.text, x + SIZE * scale * 1.8, y + 5 * scale, 13);
  });
  return new Promise((done) => { all.toBlob(done, "image/png"); });
}
