// Readings on their way to the recorder's worker. A sensor's callback only copies numbers into what is allocated; a
// batch leaves when it is old enough or full, and its memory comes back.
import { rowLength } from './names.js';

const mostAge = 200;   // milliseconds; with the timer's delay at most about 250
const capacity = 128;  // readings: three sensors at 60 a second fill 36 in that time
const spare = 4;       // batches on the way at once

export class Batch {
  /** `send(rows, count)` takes a Float64Array of rows away. */
  constructor(send) {
    this.send = send;
    this.pool = Array.from({ length: spare }, () => new Float64Array(capacity * rowLength));
    this.rows = this.pool.pop();
    this.count = 0;
    this.timer = 0;
  }

  add(stamp, ax, ay, az, lx, ly, lz, rx, ry, rz) {
    const { rows } = this;
    const at = this.count * rowLength;
    rows[at] = stamp;
    rows[at + 1] = ax; rows[at + 2] = ay; rows[at + 3] = az;
    rows[at + 4] = lx; rows[at + 5] = ly; rows[at + 6] = lz;
    rows[at + 7] = rx; rows[at + 8] = ry; rows[at + 9] = rz;
    this.count += 1;
    if (this.count === capacity) this.flush();
    else if (this.timer === 0) this.timer = setTimeout(() => this.flush(), mostAge);
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.count === 0) return;
    const { rows, count } = this;
    this.rows = this.pool.pop() ?? new Float64Array(capacity * rowLength);
    this.count = 0;
    this.send(rows, count);
  }

  /** Memory of a batch that was read. */
  takeBack(buffer) {
    if (this.pool.length < spare) this.pool.push(new Float64Array(buffer));
  }
}
