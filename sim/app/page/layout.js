// Where everything stands: organisations along two edges, people at home between them, two ways out at the sides.

const NARROW = 480; // pixels below which there is less text
const TITLE = 0.1; // of all seats, as broad as which a house is for its title alone

/**
 * The places of a world on a canvas of that size, in pixels of the page.
 * @returns {object} houses, seats, managers, homes, nursing home and the way out
 */
export function layout(places, width, height) {
  const narrow = width < NARROW;
  const top = narrow ? 44 : 26;
  const sizes = cellsOf(places);
  const rows = intoRows(sizes);
  const head = 47;
  const plan = fit(rows, sizes, width, height - top, head, narrow ? 6 : 12);
  const made = {
    width, height, narrow, head, ...plan, houses: [],
    seatX: new Float32Array(places.seats.team.length), seatY: new Float32Array(places.seats.team.length),
    managerX: new Float32Array(places.teams.organisation.length),
    managerY: new Float32Array(places.teams.organisation.length),
  };
  rows.forEach((row, lower) => placeRow(made, row, sizes, lower === 1, top));
  made.band = { top: top + plan.heights[0], bottom: height - plan.heights[1] };
  placeMiddle(made, places.zones);
  seat(made, places);
  return made;
}

// Workers and managers of each organisation; volunteers, who come last, have neither.
function cellsOf(places) {
  const sizes = new Int32Array(places.organisations.length + 1);
  for (const organisation of places.seats.organisation) sizes[organisation]++;
  for (const organisation of places.teams.organisation) sizes[organisation]++;
  return sizes;
}

// Both edges get about as many; the largest choose first.
function intoRows(sizes) {
  const load = [0, 0], rows = [[], []], title = TITLE * sizes.reduce((sum, each) => sum + each);
  const order = [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a]);
  for (const organisation of order) {
    const row = load[0] <= load[1] ? 0 : 1;
    rows[row].push(organisation);
    load[row] += sizes[organisation] + title;
  }
  return rows.map((row) => row.sort((a, b) => a - b));
}

// The largest cells with which all houses fit in about half of the height.
function fit(rows, sizes, width, height, head, gap) {
  for (let cell = 24; ; cell -= 0.5) {
    const tall = 1.6 * cell;
    const deep = rows.map((row) => depth(row, sizes, cell, width, gap));
    const heights = deep.map((each) => each * tall + head + 8);
    if (cell <= 6 || heights[0] + heights[1] <= 0.6 * height) return { cell, tall, deep, heights, gap };
  }
}

function depth(row, sizes, cell, width, gap) {
  for (let deep = 1; ; deep++) {
    if (widthsOf(row, sizes, deep, cell, width, gap).reduce((sum, each) => sum + each + gap, gap) <= width) return deep;
  }
}

// As wide as its seats, and never too narrow for a title.
function widthsOf(row, sizes, deep, cell, width, gap) {
  const least = 0.82 * ((width - gap) / row.length - gap);
  return row.map((o) => Math.max(least, Math.ceil(sizes[o] / deep) * cell + 10));
}

// What is left of the width goes to the narrowest.
function levelled(widths, spare) {
  const rising = [...widths].sort((a, b) => a - b);
  let sum = spare, level = 0;
  for (let k = 0; k < rising.length && (k === 0 || rising[k] < level); k++) {
    sum += rising[k];
    level = sum / (k + 1);
  }
  return widths.map((each) => Math.max(each, level));
}

function placeRow(made, row, sizes, lower, top) {
  const deep = made.deep[lower ? 1 : 0], height = made.heights[lower ? 1 : 0];
  const seats = widthsOf(row, sizes, deep, made.cell, made.width, made.gap);
  const widths = levelled(seats, made.width - seats.reduce((sum, each) => sum + each + made.gap, made.gap));
  let x = made.gap;
  row.forEach((o, i) => {
    const width = widths[i];
    const y = lower ? made.height - height : top;
    made.houses[o] = {
      organisation: o, x, y: y + 1, width, height: height - 2, lower, deep,
      cells: lower ? y + 9 : y + made.head, // where the first row of seats begins
      title: lower ? y + height - made.head : y + 3,
      left: x + (width - Math.ceil(sizes[o] / deep) * made.cell) / 2, // of the first column
      doorX: x + width * (made.narrow ? 0.54 : 0.4), doorY: lower ? y + 1 : y + height - 1,
    };
    x += width + made.gap;
  });
}

function placeMiddle(made, zones) {
  const { top, bottom } = made.band;
  const side = made.narrow ? 72 : 92;
  const depth = bottom - top, high = 0.3 * depth, y = top + (depth - high) / 2;
  made.dot = Math.min(4.6, Math.max(2.2, 0.17 * made.cell));
  made.step = 2 * made.dot + 2.4;
  made.queue = Math.max(3, Math.floor((0.35 * depth - 12) / made.step)); // people below one another in a queue
  made.nursing = { x: made.gap, y: y - 8, width: side, height: high + 16 };
  made.out = { x: made.width - made.gap - side, y: y - 8, width: side, height: high + 16 };
  const left = made.gap + side + 14, width = made.width - 2 * left;
  const gap = 14, each = (width - gap * (zones - 1)) / zones;
  made.pitch = made.narrow || zones > 1 ? 12 : 16;
  made.columns = Math.max(1, Math.floor(each / made.pitch));
  made.lines = Math.max(1, Math.floor(high / made.pitch));
  made.homes = Array.from({ length: zones }, (_, zone) => ({
    x: left + zone * (each + gap) + (each - made.columns * made.pitch) / 2, y: y + (high - made.lines * made.pitch) / 2,
    width: each, height: high,
  }));
}

// Columns of seats, team after team; a manager sits at the head of the own team.
function seat(made, places) {
  const taken = new Int32Array(made.houses.length);
  let worker = 0;
  places.teams.organisation.forEach((organisation, team) => {
    const house = made.houses[organisation];
    place(made, house, taken[organisation]++, made.managerX, made.managerY, team);
    for (; places.seats.team[worker] === team; worker++) {
      place(made, house, taken[organisation]++, made.seatX, made.seatY, worker);
    }
  });
}

function place(made, house, number, toX, toY, row) {
  const column = Math.floor(number / house.deep);
  toX[row] = house.left + (column + 0.5) * made.cell;
  toY[row] = house.cells + (number % house.deep) * made.tall + 0.36 * made.cell;
}
