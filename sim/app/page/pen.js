// Texts on a canvas.

const FAMILY = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";

/** The letters of the picture, in pixels. */
export const font = (size, weight = 400) => `${weight} ${size}px ${FAMILY}`;

/** How wide a text is. */
export function wide(to, text, size, weight) {
  to.font = font(size, weight);
  return to.measureText(text).width;
}

/** Write a text; `paper` is the colour behind its letters, where lines may run. */
export function write(to, text, x, y, letters, colour, paper = null) {
  to.font = letters;
  if (paper) {
    to.strokeStyle = paper;
    to.lineWidth = 4;
    to.lineJoin = "round";
    to.strokeText(text, x, y);
    to.lineJoin = "miter";
  }
  to.fillStyle = colour;
  to.fillText(text, x, y);
}
