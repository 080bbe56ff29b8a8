// Never lose a night: the browser killed while it records, and recordings in the other two engines.
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium, openPage } from '../lib/chromium.mjs';
import { withFirefox, withWebKitGtk } from '../lib/engines.mjs';
import { allReadings, ofType, parseJournal } from '../lib/journal.mjs';
import { bytesOf, keepCopies, recorderOf, storedBytes } from '../lib/recorder.mjs';
import { scratch } from '../lib/recordings.mjs';
import { atRest, virtualSensors } from '../lib/sensors.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, assertEqual, test, until } from '../lib/tests.mjs';

const kills = 10;
const mostLost = 1000;  // milliseconds
const seed = Number(process.env.KLONO_SEED ?? Date.now() % 1000000);

/** Numbers from 0 to 1 that a seed brings again (mulberry32). */
function randomOf(from) {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What the page's accelerometer says leaves the page at once: clock when heard, stamp, axes. It grows. */
async function heardOutside(page) {
  const heard = [];
  const session = await page.createCDPSession();
  session.on('Runtime.bindingCalled', ({ name, payload }) => { if (name === 'hearReading') heard.push(JSON.parse(payload)); });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: 'hearReading' });
  await page.evaluateOnNewDocument(() => {
    const Real = Accelerometer;
    globalThis.Accelerometer = class extends Real {
      constructor(options) {
        super(options);
        this.addEventListener('reading', () => globalThis.hearReading(JSON.stringify([performance.now(), this.timestamp, this.x, this.y, this.z])));
      }
    };
  });
  return heard;
}

/** Ends all of the browser as a dead battery would, and waits until nothing of it is heard any more. */
async function kill(browser) {
  const gone = new Promise((resolve) => { browser.once('disconnected', resolve); });
  process.kill(-browser.process().pid, 'SIGKILL');
  await gone;
}

const alike = (a, b) => a.every((value, i) => Math.abs(value - b[i]) < 0.002);

/** Milliseconds from the last stored reading to the last one heard; what is stored is what was heard. */
function lostOf(bytes, heard) {
  const { frames, torn } = parseJournal(bytes);
  assert(frames[0].type === 'header' && frames.every((frame) => frame.type !== 'end'), 'a begin, and no end');
  const begin = ofType({ frames }, 'anchor')[0].stamp;
  const stored = allReadings({ frames }).filter((one) => Number.isFinite(one.acceleration[0])).map((one) => [one.stamp, ...one.acceleration]);
  const expected = heard.filter(([at]) => at >= begin).map(([, ...reading]) => reading);
  assert(stored.length > 0 && stored.length <= expected.length, `${stored.length} stored, ${expected.length} heard, ${torn} bytes torn`);
  const other = stored.findIndex((reading, i) => !alike(reading, expected[i]));
  assertEqual(other, -1, 'the first stored reading that is not what the page heard');
  return expected.at(-1)[0] - stored.at(-1)[0];
}

test('A browser killed at any moment of a recording leaves a recording that lacks a second at most', async () => {
  const random = randomOf(seed);
  const site = await serveSite();
  const profile = mkdtempSync(join(scratch, 'profile-'));
  const runs = [];  // {id, heard}
  const lost = [];
  console.log(`        seed ${seed}`);
  try {
    for (let n = 0; n <= kills; n += 1) {
      const browser = await launchChromium({ profile });
      try {
        const { page } = await openPage(browser, { kept: true });
        const sensors = await virtualSensors(page);
        const heard = await heardOutside(page);
        await page.goto(site.address);
        const recorder = await recorderOf(page);
        if (n > 0) {
          await recorder.order({ kind: 'store-list' });
          const { recordings } = await recorder.heard('stored');
          assertEqual(recordings.map((one) => one.id).sort(), runs.map((one) => one.id), 'all of them are listed');
          assert(recordings.every((one) => one.readable && !one.finished && one.length_s > 0), JSON.stringify(recordings));
          const { id, heard: before } = runs.at(-1);
          lost.push(lostOf(await storedBytes(page, id), before));
        }
        if (n < kills) {
          const moment = 1500 + 4500 * random();
          const id = `2026-01-02-10-00-${String(n).padStart(2, '0')}`;
          sensors.play(() => atRest);
          await recorder.begin(id);
          await new Promise((resolve) => setTimeout(resolve, moment));
          await kill(browser);
          sensors.stop();
          runs.push({ id, heard });
        }
      } finally {
        if (browser.connected) await browser.close();
      }
    }
  } finally {
    site.stop();
  }
  console.log(`        lost: ${lost.map((one) => (one / 1000).toFixed(3)).join(' ')} s; the most ${(Math.max(...lost) / 1000).toFixed(3)} s`);
  assertEqual(lost.filter((one) => one > mostLost), [], 'more than a second was lost');
});

/** Runs in the page: made motion each 20 ms, written down in `dispatched` as it leaves; news in `heardNews`. Engines for
 *  devices without sensors may lack the event's own class. */
const feed = `(() => {
  globalThis.dispatched = [];
  globalThis.heardNews = [];
  const made = typeof globalThis.DeviceMotionEvent === 'function';
  if (!made) globalThis.DeviceMotionEvent = class extends Event {};
  const event = (fields) => (made ? new DeviceMotionEvent('devicemotion', fields) : Object.assign(new Event('devicemotion'), fields));
  const axes = (n, k) => ({ x: (n % 1000) / 10, y: k + (n % 7) / 8, z: 9.5 + (n % 3) / 4 });
  setInterval(() => {
    const n = dispatched.length;
    const [a, l, r] = [axes(n, 0), axes(n, 1), axes(n, 2)];
    dispatched.push([performance.now(), a.x, a.y, a.z, l.x, l.y, l.z, r.x, r.y, r.z]);
    dispatchEvent(event({ accelerationIncludingGravity: a, acceleration: l, rotationRate: { alpha: r.x, beta: r.y, gamma: r.z }, interval: 20 }));
  }, 20);
  klonograph.listen((json) => heardNews.push(JSON.parse(json)));
})()`;

/** Records made motion. `page`: anything with evaluate(expression). Tells the store, what was dispatched, the journal. */
async function recordMadeMotion(page) {
  const order = (what) => page.evaluate(`klonograph.order(${JSON.stringify(JSON.stringify(what))})`);
  const news = (fits, what) => until(() => page.evaluate(`heardNews.findLast((one) => ${fits}) ?? null`), what);
  const id = '2026-01-02-11-00-00';
  await until(() => page.evaluate('globalThis.klonograph !== undefined && document.getElementById("loading") === null'), 'the app is there', 120000);
  await page.evaluate(feed);
  await order({ kind: 'check-begin', source: 'phone', planned_s: 600 });
  await news('one.kind === "check" && one.rate_hz > 0', 'the check sees motion');
  await order({ kind: 'record-begin', id, context: '{}', planned_s: 600, night: false, live_count: false });
  const { store } = await news('one.kind === "running"', 'it records');
  const before = await page.evaluate('dispatched.length');
  await until(() => page.evaluate(`dispatched.length > ${before + 200}`), 'motion goes by');
  await order({ kind: 'record-end' });
  const saved = await news('one.kind === "saved"', 'it is saved');
  await keepCopies(page);
  await order({ kind: 'store-copy', id, name: 'copy.klono' });
  await until(() => page.evaluate('copies.length > 0'), 'a copy is handed over');
  const bytes = await bytesOf(page, 'copies[0]');
  assertEqual(bytes.length, saved.bytes, 'bytes of the copy');
  if (store !== 'memory') assert(Buffer.compare(await storedBytes(page, id, store), bytes) === 0, 'the store holds the same');
  return { store, dispatched: await page.evaluate('dispatched'), journal: parseJournal(bytes) };
}

/** From begin to end each sample once, in order, with the time it was sent. */
async function assertAsDispatched(name, page) {
  const { store, dispatched, journal } = await recordMadeMotion(page);
  assertEqual([journal.torn, journal.frames[0].type, journal.frames[0].sensor, journal.frames.at(-1).type], [0, 'header', 0, 'end'], 'whole');
  const stored = allReadings(journal).map((one) => [one.stamp, ...one.acceleration, ...one.linear, ...one.rotation]);
  const first = dispatched.findIndex(([at], i) => Math.abs(at - stored[0][0]) < 20 && alike(stored[0].slice(1), dispatched[i].slice(1)));
  const sent = dispatched.slice(first, first + stored.length);
  assertEqual([first >= 0, sent.length], [true, stored.length], 'found among what was dispatched');
  const other = stored.findIndex((reading, i) => !alike(reading.slice(1), sent[i].slice(1)));
  assertEqual(other, -1, 'the first sample that is not the one dispatched');
  const late = Math.max(...stored.map(([stamp], i) => Math.abs(stamp - sent[i][0])));
  assert(late < 20, `a stamp is ${late} ms from its dispatch`);
  // Two milliseconds, because these engines round their clocks.
  const [begin, end] = [ofType(journal, 'anchor')[0].stamp, journal.frames.at(-1).stamp];
  assert(first === 0 || dispatched[first - 1][0] < begin + 2, 'none is missing at the begin');
  assert((dispatched[first + stored.length]?.[0] ?? Infinity) > end - 2, 'none is missing at the end');
  console.log(`        ${name} stored in: ${store}; ${stored.length} samples, stamps within ${late.toFixed(1)} ms`);
}

test('Firefox records motion sample for sample', () => withFirefox((page) => assertAsDispatched('Firefox', page)));

test('WebKitGTK records motion sample for sample', () => withWebKitGtk((session) => {
  const evaluate = async (expression) => {
    const [value, error] = await session.executeAsyncScript(`const done = arguments[0]; Promise.resolve(${expression}).then((value) => done([value, '']), (error) => done([null, String(error)]));`);
    if (error) throw new Error(error);
    return value;
  };
  return assertAsDispatched('WebKitGTK', { evaluate });
}));
