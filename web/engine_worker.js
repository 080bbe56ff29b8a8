// Runs the engine inside its worker. Joined at build with Emscripten's script, which defines createEngine.
'use strict';

const files = new Map();  // PageFile by handle
const early = [];         // requests that came before the program was ready
const turns = new MessageChannel();  // between two slices of work everything that arrived gets its turn
let program = null;
let scheduled = false;
let crashed = false;

/** A File that is read piece by piece. Where the program works longer on a piece than reading it took, the next one is fetched
 *  meanwhile; who only leafs through would wait for both. */
class PageFile {
  constructor(file) {
    this.file = file;
    this.reading_ms = Infinity;
    this.finished = performance.now();
    this.next = { begin: -1, bytes: null };
  }

  /** Bytes [begin, end); throws when the file is gone. */
  read(begin, end) {
    const worked_ms = performance.now() - this.finished;
    const bytes = this.fetched(begin, end) ?? this.readNow(begin, end);
    if (worked_ms > this.reading_ms) this.fetch(end, 1.25 * (end - begin));
    this.finished = performance.now();
    return bytes;
  }

  fetched(begin, end) {
    const { begin: there, bytes } = this.next;
    this.next = { begin: -1, bytes: null };
    return begin === there && bytes?.length >= end - begin ? bytes.subarray(0, end - begin) : null;
  }

  readNow(begin, end) {
    const begun = performance.now();
    const bytes = new Uint8Array(new FileReaderSync().readAsArrayBuffer(this.file.slice(begin, end)));
    this.reading_ms = performance.now() - begun;
    return bytes;
  }

  fetch(begin, size) {
    const next = { begin, bytes: null };
    this.next = next;
    // What cannot be fetched is read when it is wanted, which says why.
    this.file.slice(begin, begin + Math.ceil(size)).arrayBuffer().then((buffer) => { next.bytes = new Uint8Array(buffer); }, () => {});
  }
}

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
  sizeOf(source) { return files.get(source)?.file.size ?? -1; },
  /** Bytes [begin, end) of a file, or null when it is gone. */
  read(source, begin, end) {
    try {
      return files.get(source).read(begin, end);
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
    else if (data.file) files.set(data.source, new PageFile(data.file));
    else if (program) receive(data.request);
    else early.push(data.request);
  } catch (error) {
    crash(error);
  }
};
