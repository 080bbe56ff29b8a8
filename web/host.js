// What the app's program may ask of the page (src/platform/web_host.cpp calls these), and the frames.
import { CanvasInput } from './canvas_input.js';
import { Files } from './files.js';
import { fail } from './failure.js';

const cursors = ['default', 'pointer', 'ew-resize', 'grab'];
const prefix = 'klonograph.';

export class Host {
  constructor(canvas, engine, mirror) {
    this.canvas = canvas;
    this.engine = engine;
    this.mirror = mirror;
    this.pending = false;
    this.frames = 0;
    this.frameTimes = [];  // milliseconds of our own work in the newest frames
    this.failed = false;
    this.recorder = null;
    this.orders = [];      // for a recorder that is not there yet
    this.listeners = [];   // of tests
  }

  /** Called once by the program, before its first frame. */
  begin(program) {
    this.program = program;
    this.input = new CanvasInput(this.canvas, program);
    this.input.applySize();
    this.files = new Files(this.engine, (source, file) => this.withText(file.name, (name) => program._klono_file(source, name, file.size)),
      (inside) => program._klono_drop(inside));
    this.mirror.onCommand = (command) => {
      this.withText(command, (text) => program._klono_command(text));
      this.frameAtOnce();
    };
    this.input.onTap = () => this.frameAtOnce();
    this.engine.onMessage = (bytes) => this.receive(bytes);
    this.applyTheme(this.loadSetting('theme'));
    // For tests and for measuring: nothing in the page reads it.
    globalThis.klonograph = Object.freeze({
      frames: () => this.frames, frameTimes: () => [...this.frameTimes],
      order: (json) => this.tellRecorder(json), listen: (listener) => { this.listeners.push(listener); },
    });
  }

  /** After the engine: the first picture does not wait for what records. */
  startRecorder({ Recorder }, program, script) {
    this.recorder = new Recorder({
      tell: (json) => this.hearRecorder(json),
      addFile: (file) => this.files.register(file),
      handOver: (name, type, blob, share) => this.files.handOver(name, type, blob, share),
    }, program, script);
    for (const order of this.orders.splice(0)) this.recorder.order(order);
  }

  tellRecorder(json) {
    const order = JSON.parse(json);
    if (this.recorder) this.recorder.order(order);
    else this.orders.push(order);
  }

  hearRecorder(json) {
    if (!this.failed) this.withText(json, (text) => this.program._klono_recorder_news(text));
    for (const listener of this.listeners) listener(json);
  }

  withText(text, call) {
    const address = this.program.stringToNewUTF8(text);
    call(address);
    this.program._free(address);
  }

  receive(bytes) {
    const address = this.program._malloc(bytes.length);
    this.program.HEAPU8.set(bytes, address);
    this.program._klono_engine(address, bytes.length);
    this.program._free(address);
  }

  cannotDraw() { fail('no_webgl'); }

  requestFrame() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => {
      if (this.pending) this.frame();
    });
  }

  requestFrameAfter(seconds) {
    clearTimeout(this.alarm);
    this.alarm = setTimeout(() => this.requestFrame(), seconds * 1000);
  }

  /** Inside the browser's own event of a tap: what asks for a sensor, a device or a file needs the gesture. */
  frameAtOnce() {
    if (!this.failed && this.frames > 0) this.frame();
  }

  frame() {
    this.pending = false;
    const begun = performance.now();
    this.input.applySize();
    try {
      this.program._klono_frame();
    } catch (error) {
      this.failed = true;
      fail('stopped', error);
      return;
    }
    this.frames += 1;
    this.frameTimes.push(performance.now() - begun);
    if (this.frameTimes.length > 512) this.frameTimes.shift();
    if (this.frames === 1) document.getElementById('loading')?.remove();
  }

  chooseFiles() { this.files.choose(); }
  canShare() { return this.files.canShare(); }
  handOver(name, type, bytes, share) { this.files.handOver(name, type, bytes, share); }
  postToEngine(bytes) { this.engine.post(bytes); }
  publishMirror(json) { this.mirror.publish(json); }
  setCursor(index) { this.canvas.style.cursor = cursors[index] ?? 'default'; }

  loadSetting(key) {
    try {
      return localStorage.getItem(prefix + key) ?? '';
    } catch {
      return '';  // storage is refused: settings last as long as the page
    }
  }

  storeSetting(key, value) {
    if (key === 'theme') this.applyTheme(value);
    try {
      if (value === '') localStorage.removeItem(prefix + key);
      else localStorage.setItem(prefix + key, value);
    } catch {
      // as above
    }
  }

  /** The colours around the canvas follow the theme a person chose inside it. */
  applyTheme(theme) {
    const root = document.documentElement;
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    else delete root.dataset.theme;
    const colour = getComputedStyle(root).getPropertyValue('--bg').trim();
    if (root.dataset.theme) for (const meta of document.querySelectorAll('meta[name=theme-color]')) meta.content = colour;
  }
}
