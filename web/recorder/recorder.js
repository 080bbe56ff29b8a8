// The page's part of the recorder: orders of the app in, news out (src/protocol/recorder.hpp). What must happen inside
// a tap (permission, Bluetooth's chooser, sound, wake lock) happens before anything is awaited.
import { Abilities } from './abilities.js';
import { Batch } from './batch.js';
import { cue, endSound, prepareSound } from './cues.js';
import { Phone } from './phone.js';
import { Polar } from './polar.js';
import { RecorderLink } from './recorder_link.js';
import { dropLock, heldElsewhere, takeLock } from './recording_lock.js';
import { anythingStored, askToKeep } from './stored.js';
import { Vigil } from './vigil.js';

const own = {  // orders that the page acts on; all others go to the worker as they are
  'check-begin': 'checkBegin', 'check-end': 'checkEnd', 'record-begin': 'recordBegin', 'record-end': 'recordEnd',
  pause: 'pause', resume: 'resume', dark: 'dark', cue: 'cue', 'store-list': 'storeList', 'store-copy': 'storeCopy',
};

export class Recorder {
  /** `app`: tell(JSON of a News), addFile(File) giving the engine's handle, handOver(name, type, blob, share). */
  constructor(app, program, script) {
    this.app = app;
    this.source = null;
    this.recording = null;    // id of the recording under way
    this.starting = null;     // while the lock is asked for
    this.copyName = new Map();
    this.troubles = new Set();
    this.link = new RecorderLink(program, script, {
      news: (news) => this.news(news),
      file: (answer) => this.fileCame(answer),
      store: (kind) => this.abilities.setStore(kind),
      trouble: (kind, over) => this.trouble(kind, over),
      spent: (buffer) => this.batch.takeBack(buffer),
      crashed: (reason) => this.crashed(reason),
    });
    this.batch = new Batch((rows, count) => {
      if (this.source) this.link.readings(this.source.kind, this.source.interval, rows, count);
    });
    this.vigil = new Vigil({
      gap: (begin, end, reason) => { this.batch.flush(); this.link.gap(begin, end, reason); },
      anchor: () => this.link.anchor(),
      flush: () => { this.batch.flush(); this.link.settle(); },
      restart: () => this.source?.restart(),
      awake: (held) => this.trouble('screen-may-sleep', held),
    });
    this.abilities = new Abilities((abilities) => this.tell(abilities));
    this.onUnload = (event) => event.preventDefault();
  }

  order(order) {
    if (own[order.kind]) this[own[order.kind]](order);
    else this.forward(order);
  }

  /** To the worker, with the time it was given; after a recording that is about to begin. */
  forward(order) {
    const stamp = performance.now();
    const send = () => { this.batch.flush(); this.link.order(order, stamp); };
    if (this.starting) this.starting.then(send);
    else send();
  }

  // ---- the sensor

  startSource(name) {
    this.stopSource();
    const sink = {
      batch: this.batch,
      onReading: (stamp) => this.vigil.reading(stamp),
      onBytes: (bytes, stamp) => this.link.polar(bytes, stamp),
      onState: (state) => { if (this.source === source) this.tell({ kind: 'sensor', state }); },
    };
    const source = name === 'polar' ? new Polar(sink) : new Phone(sink);
    this.source = source;
    source.start();
  }

  stopSource() {
    this.batch.flush();
    this.source?.stop();
    this.source = null;
  }

  checkBegin(order) {
    if (this.recording) return;
    this.startSource(order.source);  // first of all: still inside the tap
    this.abilities.refresh();
    this.link.anchor();
    this.forward(order);
    this.tellIfBusy(this.source);
  }

  async tellIfBusy(source) {
    if ((await heldElsewhere()) && this.source === source && !this.recording) this.busy();
  }

  busy() {
    this.stopSource();
    this.tell({ kind: 'sensor', state: 'busy-elsewhere' });
  }

  checkEnd(order) {
    if (this.recording) return;
    this.stopSource();
    this.forward(order);
    this.tell({ kind: 'sensor', state: 'idle' });
  }

  // ---- a recording

  recordBegin(order) {
    if (this.recording) return;
    this.recording = order.id;
    if (!order.night) prepareSound();
    this.vigil.wakeLock.want();
    if (!this.source) this.startSource('phone');
    const stamp = performance.now();
    this.starting = takeLock().then((mine) => {
      this.starting = null;
      if (mine) this.begin(order, stamp);
      else this.giveUp();
    });
    askToKeep();
  }

  begin(order, stamp) {
    window.addEventListener('beforeunload', this.onUnload);
    this.batch.flush();
    this.link.anchor();
    this.link.order(order, stamp);
    this.vigil.begin();
  }

  giveUp() {
    this.recording = null;
    this.vigil.wakeLock.drop();
    this.busy();
  }

  pause(order) {
    this.vigil.pause();
    this.forward(order);
  }

  resume(order) {
    this.vigil.resume();
    this.forward(order);
  }

  recordEnd(order) {
    if (!this.recording) return;
    const end = () => { this.vigil.end(); this.forward(order); };
    if (this.starting) this.starting.then(end);
    else end();
  }

  /** Saved, or the recorder's program is gone. */
  over() {
    this.recording = null;
    this.vigil.end();
    this.stopSource();
    dropLock();
    endSound();
    if (this.troubles.has('screen-may-sleep')) this.trouble('screen-may-sleep', true);
    this.abilities.refresh();
    this.guardUnload();
  }

  crashed(reason) {
    console.warn(reason);
    if (this.recording) this.over();
    this.tell({ kind: 'trouble', trouble: 'recorder-stopped' });
  }

  trouble(trouble, over) {
    if (over ? !this.troubles.delete(trouble) : this.troubles.has(trouble)) return;
    if (!over) this.troubles.add(trouble);
    this.tell({ kind: 'trouble', trouble, over });
    this.guardUnload();
  }

  /** Leaving asks once more while something would be lost by it. */
  guardUnload() {
    const guarded = this.recording || this.troubles.has('storage-full') || this.troubles.has('storage-refused');
    if (guarded) window.addEventListener('beforeunload', this.onUnload);
    else window.removeEventListener('beforeunload', this.onUnload);
  }

  // ---- around it

  dark({ on }) { document.documentElement.toggleAttribute('data-black', on === true); }

  cue(order) { cue(order); }

  async storeList(order) {
    if (this.link.started || (await anythingStored())) this.forward(order);
    else this.tell({ kind: 'stored', recordings: [], in_use_elsewhere: await heldElsewhere() });
  }

  storeCopy(order) {
    this.copyName.set(order.id, order.name);
    this.forward(order);
  }

  /** The worker's answer to store-open and store-copy. */
  fileCame({ id, file, copy }) {
    if (!copy || !file) {
      const source = file ? this.app.addFile(file) : 0;
      this.tell({ kind: 'stored-file', id, source, bytes: file?.size ?? 0 });
      return;
    }
    this.app.handOver(this.copyName.get(id) || `${id}.klono`, 'application/octet-stream', file, true);
    for (const kept of ['storage-full', 'storage-refused']) if (!this.recording) this.trouble(kept, true);
  }

  // ---- news

  news(news) {
    if (news.kind === 'running') news.awake = this.vigil.awake;
    if (news.kind === 'saved') this.over();
    this.tell(news);
  }

  /** Never from within an order: the app takes news between two frames. */
  tell(news) {
    const json = JSON.stringify(news);
    queueMicrotask(() => this.app.tell(json));
  }
}
