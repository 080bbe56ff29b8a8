// Pointers, wheel, size and preferences of the canvas, handed to the program in CSS pixels. GLFW hears keys only.

const Kind = { down: 0, move: 1, up: 2, cancel: 3 };
const outside = -1e5;
const mostPixels = 3;       // device pixels a CSS pixel: more costs fill rate and shows nothing
const notchPixels = 100;    // what browsers report for one notch of a wheel
const notchLines = 3;
const pinchPixels = 20;     // a trackpad's pinch comes in small steps

export class CanvasInput {
  constructor(canvas, program) {
    this.canvas = canvas;
    this.stage = canvas.parentElement;
    this.program = program;
    this.fingers = [];  // pointerId by finger; a finger's number is its place plus one
    this.size = {};
    this.changed = true;
    this.onTap = () => {};  // a button or finger was lifted, heard inside the browser's own event
    this.listenToPointers();
    this.listenToSurface();
  }

  // ---- pointers

  listenToPointers() {
    const { canvas, program } = this;
    const on = (type, handle) => canvas.addEventListener(type, handle, { passive: false });
    on('pointerdown', (event) => {
      if (event.button > 2 || event.button === 1) return;
      canvas.setPointerCapture(event.pointerId);
      this.send(Kind.down, event, this.numberOf(event, true));
    });
    on('pointermove', (event) => this.send(Kind.move, event, this.numberOf(event, false)));
    on('pointerup', (event) => this.end(Kind.up, event));
    on('pointercancel', (event) => this.end(Kind.cancel, event));
    on('pointerleave', (event) => {
      if (event.pointerType !== 'touch' && event.buttons === 0) program._klono_pointer(Kind.cancel, 0, false, 0, outside, outside);
    });
    on('contextmenu', (event) => event.preventDefault());
    on('wheel', (event) => this.wheel(event));
  }

  /** 0 for the mouse and the pen, 1… for fingers; null for a finger that did not begin here. */
  numberOf(event, begins) {
    if (event.pointerType !== 'touch') return 0;
    let place = this.fingers.indexOf(event.pointerId);
    if (place < 0 && begins) {
      const free = this.fingers.indexOf(undefined);
      place = free < 0 ? this.fingers.length : free;
      this.fingers[place] = event.pointerId;
    }
    return place < 0 ? null : place + 1;
  }

  end(kind, event) {
    const number = this.numberOf(event, false);
    this.send(kind, event, number);
    if (number > 0) this.fingers[number - 1] = undefined;
    if (kind === Kind.up) this.onTap();
  }

  send(kind, event, number) {
    if (number === null) return;
    const button = event.button === 2 ? 1 : 0;
    const { x, y } = this.at(event);
    this.program._klono_pointer(kind, number, event.pointerType === 'touch', button, x, y);
    event.preventDefault();
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  wheel(event) {
    event.preventDefault();
    const pinch = event.ctrlKey && event.deltaMode === 0 && Math.abs(event.deltaY) < 50;
    const notch = event.deltaMode === 0 ? (pinch ? pinchPixels : notchPixels) : event.deltaMode === 1 ? notchLines : 1;
    const { x, y } = this.at(event);
    this.program._klono_wheel(x, y, -event.deltaX / notch, -event.deltaY / notch, event.shiftKey, event.ctrlKey || event.metaKey);
  }

  // ---- size and preferences

  listenToSurface() {
    const change = () => {
      this.changed = true;
      this.tell();
    };
    new ResizeObserver(change).observe(this.stage);
    this.dark = matchMedia('(prefers-color-scheme: dark)');
    this.still = matchMedia('(prefers-reduced-motion: reduce)');
    this.dark.addEventListener('change', change);
    this.still.addEventListener('change', change);
    window.addEventListener('orientationchange', change);
    window.visualViewport?.addEventListener('resize', change);
    this.watchPixelRatio(change);
    this.measure();
    this.tell();
  }

  /** A pixel ratio changes when a window moves to another screen or the page is zoomed. */
  watchPixelRatio(change) {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      change();
      this.watchPixelRatio(change);
    }, { once: true });
  }

  measure() {
    const style = getComputedStyle(this.stage);
    this.size = {
      width: this.stage.clientWidth, height: this.stage.clientHeight, ratio: Math.min(devicePixelRatio || 1, mostPixels),
      top: parseFloat(style.paddingTop) || 0, bottom: parseFloat(style.paddingBottom) || 0,
    };
  }

  tell() {
    this.measure();
    const { width, height, ratio, top, bottom } = this.size;
    this.program._klono_surface(width, height, ratio, top, bottom, this.dark.matches, this.still.matches);
  }

  /** Just before a frame is drawn: a canvas that changes its size is empty until then. */
  applySize() {
    if (!this.changed) return;
    this.changed = false;
    const width = Math.max(1, Math.round(this.size.width * this.size.ratio));
    const height = Math.max(1, Math.round(this.size.height * this.size.ratio));
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
  }
}
