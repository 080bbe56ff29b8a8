// What readings tell of their sensor. Pure: rows as recorder/names.js describes them, numbers out.
import { rowLength } from '../recorder/names.js';

function median(values) {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The smallest difference of neighbours that occurs more than twice: what values are rounded to. NaN: none seen. */
function roundingStep(columns) {
  const differences = columns.flatMap((column) => column.slice(1).map((value, i) => Math.abs(value - column[i])).filter((d) => d > 1e-9));
  differences.sort((a, b) => a - b);
  for (let i = 0; i + 2 < differences.length; i += 1) if (differences[i + 2] - differences[i] <= 0.02 * differences[i]) return differences[i];
  return NaN;
}

/** Figures of one sensor: the three columns from `first` on. Null where it gave no number. */
export function figures(rows, first) {
  const own = rows.filter((row) => [0, 1, 2].some((axis) => Number.isFinite(row[first + axis])));
  if (own.length === 0) return null;
  const stamps = own.map((row) => row[0]);
  const steps = stamps.slice(1).map((stamp, i) => stamp - stamps[i]);
  const usual = median(steps);
  const columns = [0, 1, 2].map((axis) => own.map((row) => row[first + axis]).filter(Number.isFinite));
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const same = own.slice(1).filter((row, i) => [0, 1, 2].every((axis) => Object.is(row[first + axis], own[i][first + axis]))).length;
  return {
    count: own.length,
    axes: columns.filter((column) => column.length > 0).length,
    rate: steps.length > 0 ? (1000 * steps.length) / (stamps.at(-1) - stamps[0]) : NaN,
    jitter: median(steps.map((step) => Math.abs(step - usual))),
    longest: Math.max(...steps, 0),
    backward: steps.filter((step) => step <= 0).length,
    same: own.length > 1 ? same / (own.length - 1) : NaN,
    step: roundingStep(columns),
    means,
    size: Math.hypot(...means),
    spread: Math.hypot(...columns.map((column, axis) => Math.sqrt(column.reduce((sum, value) => sum + (value - means[axis]) ** 2, 0) / column.length))),
  };
}

/** +1 as specified, -1 all three negated, 0 not told: of a phone lying on its back. */
export function signOf(acceleration) {
  if (!acceleration || Math.abs(acceleration.means[2]) < 0.9 * acceleration.size) return 0;
  return Math.sign(acceleration.means[2]);
}

/** Collects rows; the shape of recorder/batch.js. */
export class Collector {
  constructor() { this.rows = []; }
  add(...row) { if (row.length === rowLength) this.rows.push(row); }
  flush() {}
}
