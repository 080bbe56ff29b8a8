// Finds the stretches without readings and why they came to be. Pure: it is told what happens and when, in
// milliseconds of the page's clock. A record tells from the last reading before to the first one after.
import { GapReason } from './names.js';

// All chosen: longer than a stumble of the page, which the stamps tell anyway; and than a sensor's start.
const shortest = 250;     // of a hidden stretch
const silence = 1000;     // without a reading while visible
const late = 3000;        // a timer that comes so much later than set: the device had stopped the page

export class GapWatch {
  /** `onGap(begin, end, reason)`. `period` of tick() in ms. */
  constructor(onGap, period) {
    this.onGap = onGap;
    this.period = period;
    this.last = null;      // stamp of the last reading
    this.lastTick = null;
    this.wasHidden = false;
    this.isHidden = false;
    this.wasFrozen = false;
    this.paused = false;
  }

  /** Recording begins. */
  begin(now, hidden) {
    this.last = now;
    this.lastTick = now;
    this.isHidden = hidden;
    this.forget();
  }

  forget() {
    this.wasHidden = this.isHidden;
    this.wasFrozen = false;
  }

  reading(stamp) {
    if (this.last === null || stamp <= this.last) return;
    this.close(stamp);
    this.last = stamp;
    if (this.wasFrozen || this.wasHidden) this.forget();
  }

  close(end) {
    if (this.last === null || this.paused) return;
    const length = end - this.last;
    const reason = this.wasHidden ? GapReason.hidden : this.wasFrozen ? GapReason.frozen : GapReason.silent;
    if (length >= (this.wasHidden ? shortest : silence)) this.onGap(this.last, end, reason);
  }

  visibility(hidden) {
    this.isHidden = hidden;
    if (hidden) this.wasHidden = true;
  }

  /** The page's timer, each `period`; a late one has slept. Returns ms since the last reading. */
  tick(now) {
    if (this.lastTick !== null && now - this.lastTick > this.period + late && !this.isHidden) this.wasFrozen = true;
    this.lastTick = now;
    return this.last === null ? 0 : now - this.last;
  }

  /** What the person pauses is told as such by the recorder's program, not here. */
  pause(now) {
    this.close(now);
    this.paused = true;
  }

  resume(now) {
    this.paused = false;
    this.last = now;
    this.forget();
  }

  /** Recording ends: an open stretch ends with it. */
  end(now) {
    this.close(now);
    this.last = null;
  }
}
