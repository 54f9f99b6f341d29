// How both worlds look in charts: never by colour alone.

/** The look of each world: its colour, dash, marker as a character, the fill and the edge of its band. */
export const LOOKS = [
  { colour: "#3d3d3d", dash: [], sign: "●", fill: "rgba(61, 61, 61, 0.13)", edge: "rgba(61, 61, 61, 0.5)" },
  { colour: "#0072b2", dash: [9, 5], sign: "◆", fill: "rgba(0, 114, 178, 0.15)", edge: "rgba(0, 114, 178, 0.6)" },
];
export const INK = "#1b1b1b";
export const MUTED = "#595959";
export const GRID = "#dddddd";
export const PAPER = "#ffffff";
export const FONT = "14px system-ui, sans-serif";
export const SMALL = "12px system-ui, sans-serif";

/** Draw the marker of a world. */
export function marker(context, side, x, y, size = 4) {
  context.fillStyle = LOOKS[side].colour;
  context.strokeStyle = PAPER;
  context.lineWidth = 1.5;
  context.setLineDash([]);
  context.beginPath();
  if (side === 0) context.arc(x, y, size, 0, 2 * Math.PI);
  else {
    const half = 1.35 * size;
    context.moveTo(x, y - half);
    context.lineTo(x + half, y);
    context.lineTo(x, y + half);
    context.lineTo(x - half, y);
    context.closePath();
  }
  context.stroke();
  context.fill();
}
