// Holds the screen awake. Browsers take the lock away whenever the page is hidden; it is asked for again at each return.

export class WakeLock {
  static known() { return 'wakeLock' in navigator; }

  /** `onChange(awake)`. */
  constructor(onChange) {
    this.onChange = onChange;
    this.wanted = false;
    this.asking = false;
    this.lock = null;
    this.told = true;
  }

  get held() { return this.lock !== null; }

  want() {
    this.wanted = true;
    this.told = true;
    return this.take();
  }

  async take() {
    if (!this.wanted || this.lock || this.asking || document.visibilityState !== 'visible') return;
    this.asking = true;
    try {
      const lock = await navigator.wakeLock.request('screen');
      lock.addEventListener('release', () => this.released(lock));
      this.lock = lock;
      if (!this.wanted) await this.drop();
    } catch {
      this.lock = null;  // not known here, power saving, or hidden meanwhile
    }
    this.asking = false;
    this.tell();
  }

  released(lock) {
    if (this.lock === lock) this.lock = null;
    if (!this.wanted) return;
    this.tell();
    this.take();  // taken away while visible; hidden pages ask at their return
  }

  tell() {
    if (!this.wanted || document.visibilityState !== 'visible' || this.told === this.held) return;
    this.told = this.held;
    this.onChange(this.held);
  }

  async drop() {
    this.wanted = false;
    const lock = this.lock;
    this.lock = null;
    await lock?.release().catch(() => {});
  }
}
