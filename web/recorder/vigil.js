// Keeps watch while a recording runs: screen, visibility, silence, clock. No animation, one timer.
import { GapWatch } from './gap_watch.js';
import { WakeLock } from './wake_lock.js';

const period = 5000;        // of the watchdog, ms
const anchorEvery = 60000;
const silence = 5000;       // after which the sensor is started anew

export class Vigil {
  /** `hands`: gap(begin, end, reason), anchor(), flush(), restart(), awake(held). */
  constructor(hands) {
    this.hands = hands;
    this.gaps = new GapWatch(hands.gap, period);
    this.wakeLock = new WakeLock(hands.awake);
    this.onVisibility = () => this.visibility();
    this.onReturn = () => this.returned();
    this.running = false;
  }

  get awake() { return this.wakeLock.held; }

  begin() {
    this.running = true;
    this.anchoredAt = performance.now();
    this.gaps.begin(this.anchoredAt, document.hidden);
    this.wakeLock.want();
    document.addEventListener('visibilitychange', this.onVisibility);
    for (const type of ['pageshow', 'focus']) window.addEventListener(type, this.onReturn);
    document.addEventListener('resume', this.onReturn);
    this.timer = setInterval(() => this.tick(), period);
  }

  reading(stamp) {
    if (this.running) this.gaps.reading(stamp);
  }

  visibility() {
    this.gaps.visibility(document.hidden);
    if (document.hidden) this.hands.flush();  // it may never come back
    else this.returned();
  }

  returned() {
    if (document.hidden) return;
    this.anchor();
    this.wakeLock.take();
    if (performance.now() - (this.gaps.last ?? 0) > 1000) this.hands.restart();
  }

  anchor() {
    this.anchoredAt = performance.now();
    this.hands.anchor();
  }

  tick() {
    const now = performance.now();
    const silent = this.gaps.tick(now);
    if (now - this.anchoredAt >= anchorEvery) this.anchor();
    if (document.hidden) return;
    this.wakeLock.take();
    if (silent >= silence) this.hands.restart();
  }

  pause() { this.gaps.pause(performance.now()); }
  resume() { this.gaps.resume(performance.now()); }

  end() {
    if (!this.running) return;
    this.running = false;
    clearInterval(this.timer);
    document.removeEventListener('visibilitychange', this.onVisibility);
    for (const type of ['pageshow', 'focus']) window.removeEventListener(type, this.onReturn);
    document.removeEventListener('resume', this.onReturn);
    this.gaps.end(performance.now());
    this.wakeLock.drop();
  }
}
