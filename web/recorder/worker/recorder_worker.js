// The recorder's worker: moves bytes between the recorder's program and the store, and orders and news between the page
// and the program. It knows nothing of what the bytes mean. Joined with Emscripten's script, which defines createEngine,
// and with the stores.
'use strict';

const checkTick = 200;    // ms; the eye sees a tap at once
const recordTick = 500;   // ms; with the batches before it less than a second is on the way to the store

let compiled = null;      // the program; an instance that failed is followed by a new one
let program = null;
let store = null;
let cards = null;
let journal = null;       // under way
const kept = new Map();   // journals of this visit that are partly or wholly in memory, by id
const described = new Map();  // {bytes, fields} by id
let inspected = null;     // the Blob that the program reads for a description
let description = '';
let checking = false;
let timer = 0;
let ahead = -Infinity;    // the page's clock against ours
let closing = null;       // the end of a journal that Saved waits for
let running = null;       // as last told
let held = null;          // what comes while a journal is being opened: it belongs into it

const pageNow = () => performance.now() + ahead;

// What the program asks of its surroundings (src/engine/recorder_bridge.cpp).
const surroundings = {
  write(bytes) { return journal ? journal.write(bytes) : false; },
  flush() { journal?.flush(); },
  tell(json) { tell(JSON.parse(json)); },
  described(json) { description = json; },
  reply() {},
  sizeOf() { return inspected?.size ?? -1; },
  read(source, begin, end) {
    try {
      return new Uint8Array(new FileReaderSync().readAsArrayBuffer(inspected.slice(begin, end)));
    } catch {
      return null;
    }
  },
};

function tell(news) {
  if (news.kind === 'running') {
    news.store = !journal || journal.kept ? 'memory' : store.kind;
    running = news;
  }
  if (news.kind !== 'saved') return postMessage({ news });
  closing = closeJournal().then(() => postMessage({ news }));
  return undefined;
}

// ---- the program

async function needProgram() {
  if (program) return;
  program = await new Promise((resolve, reject) => {
    createEngine({
      page: surroundings, onAbort: dead,
      instantiateWasm(imports, receive) {
        WebAssembly.instantiate(compiled, imports).then((instance) => receive(instance, compiled), reject);
        return {};
      },
    }).then(resolve, reject);
  });
  program._klono_recorder_begin();
}

function dead(reason) {
  if (!program) return;  // it was told
  program = null;
  checking = false;
  setTimer();
  closeJournal();  // what was written is safe
  postMessage({ crashed: String(reason?.message ?? reason) });
}

/** Calls the program; a trap ends it, not the worker. */
function call(work) {
  if (!program) return;
  try {
    work(program);
  } catch (error) {
    dead(error);
  }
}

function withBytes(bytes, work) {
  call((p) => {
    const address = p._malloc(bytes.length);
    p.HEAPU8.set(bytes, address);
    work(p, address);
    p._free(address);
  });
}

function giveOrder(order, stamp) {
  const text = new TextEncoder().encode(`${JSON.stringify(order)}\0`);
  call((p) => p._klono_recorder_tick(stamp));  // an order counts as of the time it was given
  withBytes(text, (p, address) => p._klono_recorder_order(address));
}

function setTimer() {
  clearInterval(timer);
  const period = journal ? recordTick : checking ? checkTick : 0;
  if (period > 0) timer = setInterval(() => call((p) => p._klono_recorder_tick(pageNow())), period);
}

// ---- the store

async function openStore() {
  cards = await Cards.open();
  store = await FileStore.open().catch(() => DatabaseStore.open()).catch(() => new MemoryStore());
  postMessage({ store: store.kind });
}

/** For the self-test: each kind of store by itself, and why not. */
async function probeStores() {
  const outcome = (store) => store.open().then(() => 'yes', (error) => `no (${error?.name ?? error})`);
  postMessage({ probe: { file: await outcome(FileStore), database: await outcome(DatabaseStore) } });
}

async function beginJournal(id) {
  const begun = await Journal.begin(store, id, () => {});
  if (store.kind === 'memory' || begun.kept) {
    kept.set(id, begun);
    postMessage({ trouble: 'storage-refused' });
  }
  begun.onFull = () => {
    kept.set(id, begun);
    postMessage({ trouble: 'storage-full' });
    if (journal === begun && running?.id === id) tell(running);  // the store is another one now
  };
  journal = begun;
  setTimer();
}

async function closeJournal() {
  const last = journal;
  journal = null;
  setTimer();
  await last?.close();
}

async function fileOf(id) {
  if (journal?.id === id) return journal.file(store);
  if (kept.has(id)) return kept.get(id).file(store);
  return store.file(id);
}

/** Length, begin and such of a journal, as the program reads them; kept while the size stays. */
async function fieldsOf(id, bytes) {
  if (described.get(id)?.bytes === bytes) return described.get(id).fields;
  inspected = await fileOf(id);
  description = '';
  call((p) => p._klono_recorder_describe(0));
  inspected = null;
  let fields = { readable: false };
  try {
    fields = JSON.parse(description);
    described.set(id, { bytes, fields });
  } catch {
    // no answer: listed all the same
  }
  return fields;
}

async function usedElsewhere() {
  if (journal || !navigator.locks) return false;
  const { held } = await navigator.locks.query().catch(() => ({ held: [] }));
  return held.some((lock) => lock.name === 'klonograph-recording');
}

async function listStore() {
  const found = new Map((await store.list()).map(({ id, bytes }) => [id, bytes]));
  for (const [id, { bytes }] of kept) found.set(id, bytes);
  if (journal) found.delete(journal.id);
  const recordings = [];
  for (const [id, bytes] of found) recordings.push({ ...(await fieldsOf(id, bytes)), id, bytes, card: await cards.get(id) });
  recordings.sort((a, b) => (b.begun_unix_ms ?? 0) - (a.begun_unix_ms ?? 0) || (a.id < b.id ? 1 : -1));
  postMessage({ news: { kind: 'stored', recordings, in_use_elsewhere: await usedElsewhere() } });
}

async function removeFromStore(id) {
  if (journal?.id === id) return;
  kept.delete(id);
  described.delete(id);
  await store.remove(id);
  await cards.remove(id);
}

// ---- orders, one after another

const acts = {
  'store-list': () => listStore(),
  'store-open': async ({ id }) => postMessage({ answer: { id, file: await fileOf(id) } }),
  'store-copy': async ({ id }) => postMessage({ answer: { id, file: await fileOf(id), copy: true } }),
  'store-remove': ({ id }) => removeFromStore(id),
  'store-card': ({ id, card }) => cards.put(id, card),
  'record-begin': async (order, stamp) => {
    if (journal) return;
    await beginJournal(order.id);
    giveOrder(order, stamp);
  },
  'record-end': async (order, stamp) => {
    giveOrder(order, stamp);
    await closing;
  },
};

async function act({ order, stamp }) {
  await needProgram();
  if (order.kind === 'check-begin' || order.kind === 'check-end' || order.kind === 'record-begin') {
    checking = order.kind === 'check-begin';
    setTimer();
  }
  if (acts[order.kind]) await acts[order.kind](order, stamp);
  else giveOrder(order, stamp);
}

/** A store that fails is no reason to stop a recording: the app hears that nothing is there. */
function failed(order, error) {
  if (!order?.kind.startsWith('store-')) return postMessage({ crashed: String(error?.message ?? error) });
  console.warn(error);
  if (order.kind === 'store-list') postMessage({ news: { kind: 'stored', recordings: [] } });
  if (order.kind === 'store-open' || order.kind === 'store-copy') postMessage({ answer: { id: order.id, file: null } });
  return undefined;
}

let turn = Promise.resolve();

function inTurn(work, order) { turn = turn.then(work).catch((error) => failed(order, error)); }

/** A store may take its time to open; what the sensor says meanwhile is heard after the order to record. */
async function beginHeld(message) {
  try {
    await act(message);
  } finally {
    const waiting = held;
    held = null;
    for (const one of waiting) take(one);
  }
}

function takeRows({ rows, count, kind, interval }) {
  withBytes(new Uint8Array(rows.buffer, 0, count * 80), (p, address) => p._klono_recorder_readings(kind, interval, address, count));
  postMessage({ spent: rows.buffer }, [rows.buffer]);
}

/** From the sensor and its watch: at once, whatever the store is doing. */
function take(data) {
  if (data.rows) takeRows(data);
  else if (data.polar) withBytes(data.polar, (p, address) => p._klono_recorder_polar(address, data.polar.length, data.stamp));
  else if (data.gap) call((p) => p._klono_recorder_gap(...data.gap));
  else if (data.settle) call((p) => p._klono_recorder_tick(pageNow()));
}

function takeOrder(data) {
  if (data.order.kind !== 'record-begin' || held) return inTurn(() => act(data), data.order);
  held = [];
  return inTurn(() => beginHeld(data), data.order);
}

onmessage = ({ data }) => {
  if (data.now !== undefined) ahead = Math.max(ahead, data.now - performance.now());
  if (data.begin) {
    compiled = data.begin;
    inTurn(openStore);
  } else if (data.probe) probeStores();
  else if (data.order) takeOrder(data);
  else if (data.anchor) inTurn(async () => {
    await needProgram();
    call((p) => p._klono_recorder_anchor(...data.anchor));
  });
  else if (held) held.push(data);
  else take(data);
};
