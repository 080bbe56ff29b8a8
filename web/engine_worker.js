// Runs the engine inside its worker. Joined at build with Emscripten's script, which defines createEngine.
'use strict';

const files = new Map();  // File by handle
const early = [];         // requests that came before the program was ready
const turns = new MessageChannel();  // between two slices of work everything that arrived gets its turn
let program = null;
let scheduled = false;
let crashed = false;

function crash(error) {
  if (crashed) return;
  crashed = true;
  postMessage({ crashed: String(error?.message ?? error) });
}

function schedule() {
  if (scheduled || crashed) return;
  scheduled = true;
  turns.port2.postMessage(0);
}

turns.port1.onmessage = () => {
  scheduled = false;
  try {
    if (program._klono_engine_step()) schedule();
  } catch (error) {
    crash(error);
  }
};

function receive(bytes) {
  const address = program._malloc(bytes.length);
  program.HEAPU8.set(bytes, address);
  program._klono_engine_receive(address, bytes.length);
  program._free(address);
  schedule();
}

// What the program asks of its surroundings (src/engine/worker_bridge.cpp).
const surroundings = {
  reply(bytes) { postMessage({ reply: bytes.buffer }, [bytes.buffer]); },
  sizeOf(source) { return files.get(source)?.size ?? -1; },
  /** Bytes [begin, end) of a file, or null when it is gone. */
  read(source, begin, end) {
    try {
      return new Uint8Array(new FileReaderSync().readAsArrayBuffer(files.get(source).slice(begin, end)));
    } catch {
      return null;
    }
  },
};

async function begin(compiled) {
  program = await createEngine({
    page: surroundings, onAbort: crash,
    // Compiled once on the page, for this worker and the recorder's.
    instantiateWasm(imports, receive) {
      WebAssembly.instantiate(compiled, imports).then((instance) => receive(instance, compiled), crash);
      return {};
    },
  });
  program._klono_engine_begin();
  for (const request of early.splice(0)) receive(request);
}

onmessage = ({ data }) => {
  try {
    if (data.begin) begin(data.begin).catch(crash);
    else if (data.file) files.set(data.source, data.file);
    else if (program) receive(data.request);
    else early.push(data.request);
  } catch (error) {
    crash(error);
  }
};
