// An answer of a session: words and numbers, and columns as typed arrays.

const TYPES = {
  uint8: Uint8Array, int8: Int8Array, uint16: Uint16Array, int16: Int16Array,
  uint32: Uint32Array, int32: Int32Array, float32: Float32Array, float64: Float64Array,
};

/** The day that did not come, in columns of days. */
export const NO_DAY = -32768;

/**
 * The tables of an answer: name to columns. A column with more than one dimension has a `shape`.
 * @param {object} content what came as JSON, with `arrays`
 * @param {ArrayBuffer[]} buffers the arrays that it names, in that order
 */
export function decode(content, buffers) {
  const tables = {};
  content.arrays.forEach(({ table, column, type, shape }, i) => {
    const values = new TYPES[type](buffers[i]);
    values.shape = shape;
    (tables[table] ??= {})[column] = values;
  });
  return tables;
}

/** The columns of one of the two worlds: its stays, people, weeks and staff. */
export function worldOf(tables, side) {
  const of = (name) => tables[`${side}.${name}`];
  return { stays: of("stays"), people: of("people"), weeks: of("weeks"), staff: of("staff") };
}
