// Who works there: a worker, the team of a manager, all of whom a board is in charge.

/**
 * What to call somebody who works there, and whose numbers to show.
 * @param {"worker"|"manager"|"board"} kind
 * @param {number} id place of the worker, the manager's team or the board's organisation
 * @param {{seats: object, organisations: object[], kinds: object[]}} places what `open` answered
 * @param {import("./dom.js").Texts} texts
 * @returns {{heading: string, about: string, rows: number[]}|null} null where there is nobody
 */
export function aboutStaff(kind, id, places, texts) {
  const { seats } = places;
  const rows = rowsOf(kind, id, seats);
  if (!rows.length) return null;
  const organisation = texts.of(places.organisations[seats.organisation[rows[0]]]);
  if (kind === "worker") {
    const craft = texts.of(places.kinds[seats.craft[id]]);
    return { heading: texts.say("app worker", { number: id }), about: texts.say("app craft at", { craft, organisation }), rows };
  }
  if (kind === "manager") {
    return { heading: texts.say("app manager", { organisation }), about: texts.say("app team of", { count: rows.length }), rows };
  }
  return { heading: texts.say("app board", { organisation }), about: texts.say("app staff of", { count: rows.length }), rows };
}

function rowsOf(kind, id, seats) {
  const all = [...seats.team.keys()];
  if (kind === "worker") return all.filter((row) => row === id);
  const column = kind === "manager" ? seats.team : seats.organisation;
  return all.filter((row) => column[row] === id);
}
