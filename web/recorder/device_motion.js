// The universal source: `devicemotion`. Events as delivered: their own stamps, nulls as not-a-number, also events
// that carry one sensor only. What is told as `interval` goes along; nobody relies on it.
import { SensorKind } from './names.js';

const number = (value) => (typeof value === 'number' ? value : NaN);

export class DeviceMotion {
  static known() { return 'DeviceMotionEvent' in globalThis; }

  /** `sink`: batch, onReading(stamp), onEmpty() for an event without any number. */
  constructor(sink) {
    this.kind = SensorKind.deviceMotion;
    this.interval = 0;
    this.sink = sink;
    this.listener = (event) => this.hear(event);
  }

  start() { window.addEventListener('devicemotion', this.listener); }

  stop() { window.removeEventListener('devicemotion', this.listener); }

  /** After a return to the page or a silence. */
  restart() {
    this.stop();
    this.start();
  }

  hear(event) {
    const a = event.accelerationIncludingGravity;
    const l = event.acceleration;
    const r = event.rotationRate;
    const stamp = event.timeStamp;
    if (this.interval === 0 && event.interval > 0) this.interval = event.interval;
    // alpha, beta and gamma turn about x, y and z in every browser that was looked into.
    const ax = number(a?.x), ay = number(a?.y), az = number(a?.z);
    const lx = number(l?.x), ly = number(l?.y), lz = number(l?.z);
    const rx = number(r?.alpha), ry = number(r?.beta), rz = number(r?.gamma);
    if (Number.isNaN(ax) && Number.isNaN(ay) && Number.isNaN(az) && Number.isNaN(lx) && Number.isNaN(ly) && Number.isNaN(lz)
      && Number.isNaN(rx) && Number.isNaN(ry) && Number.isNaN(rz)) {
      this.sink.onEmpty();
      return;
    }
    this.sink.onReading(stamp);  // first: a gap that ends here goes ahead of what follows it
    this.sink.batch.add(stamp, ax, ay, az, lx, ly, lz, rx, ry, rz);
  }
}
