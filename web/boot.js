// Starts the page: checks what the browser can do, then the app's program, then the engine's.
import { checkBrowser, fail } from './failure.js';
import { Host } from './host.js';
import { Mirror } from './mirror.js';
import { EngineLink } from './engine_link.js';

function keepTabForThePage() {
  // GLFW listens on the window and swallows Tab. Registered first, this keeps the mirror's keys from it.
  for (const type of ['keydown', 'keypress', 'keyup']) {
    window.addEventListener(type, (event) => {
      if (event.key === 'Tab' || event.target instanceof HTMLButtonElement) event.stopImmediatePropagation();
    }, true);
  }
}

function keepTouchFromGlfw(canvas) {
  for (const type of ['touchstart', 'touchmove', 'touchend', 'touchcancel']) {
    canvas.addEventListener(type, (event) => {
      event.stopImmediatePropagation();
      if (event.cancelable) event.preventDefault();
    }, { capture: true, passive: false });
  }
}

async function load(promise) {
  try {
    return await promise;
  } catch (error) {
    fail('load', error);
    throw error;
  }
}

async function boot() {
  if (!checkBrowser()) return;
  const canvas = document.getElementById('canvas');
  keepTabForThePage();
  keepTouchFromGlfw(canvas);
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    fail('graphics_lost');
  });

  const [{ default: createApp }, { bytes }] = await load(Promise.all([import('./app.js'), import('./app_program.js')]));
  const engine = new EngineLink(() => fail('engine'));
  const mirror = new Mirror(document.getElementById('mirror'));
  const host = new Host(canvas, engine, mirror);
  try {
    await createApp({
      canvas, page: host, wasmBinary: bytes, print: (line) => console.log(line), printErr: (line) => console.warn(line),
      onAbort: (reason) => fail('stopped', reason),
    });
  } catch (error) {
    fail(error instanceof WebAssembly.CompileError ? 'no_webassembly' : 'stopped', error);
    return;
  }
  const { bytes: engineBytes, script, worker } = await load(import('./engine_program.js'));
  let program;
  try {
    program = await WebAssembly.compile(engineBytes);  // once, for the engine's worker and the recorder's
  } catch (error) {
    fail('engine', error);
    return;
  }
  engine.start(program, script, worker);
  host.startRecorder(await load(import('./recorder/recorder.js')), program, script);
}

boot();
