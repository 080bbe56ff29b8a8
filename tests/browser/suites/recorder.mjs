// The page's recorder alone, in Chromium with virtual sensors: orders in, news out, bytes in the store.
import { launchChromium, openPage } from '../lib/chromium.mjs';
import { allReadings, ofType, parseJournal } from '../lib/journal.mjs';
import { bytesOf, keepCopies, recorderOf, storedBytes } from '../lib/recorder.mjs';
import { answerPermission, atRest, flood, hide, twitches, virtualSensors, withoutGenericSensors, withoutMotion, witness } from '../lib/sensors.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, assertEqual, test, until } from '../lib/tests.mjs';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const check = { kind: 'check-begin', source: 'phone', planned_s: 600 };
const still = () => atRest;

/** A page with sensors, before anything is asked of it. */
async function withRecorder({ has, before = async () => {}, noise = [], kept = false }, body) {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    const { page, context, seen } = await openPage(browser, { kept });
    const sensors = await virtualSensors(page, { has });
    await before(page);
    // The first frame of a fresh context may be exchanged at this very moment; then the page is asked for once more.
    await page.goto(site.address).catch(() => page.goto(site.address));
    const recorder = await recorderOf(page);
    await body({ page, context, sensors, recorder, address: site.address, browser });
    assertEqual(seen.problems.filter((text) => !noise.some((known) => known.test(text))), [], 'errors in the console');
  } finally {
    await browser.close();
    site.stop();
  }
}

/** The answer to this very question: the app asks too, when it starts. */
async function listed(recorder) {
  const from = recorder.news.length;
  await recorder.order({ kind: 'store-list' });
  return recorder.heard('stored', undefined, from);
}

const ofSensor = (journal, name) => allReadings(journal).filter((one) => Number.isFinite(one[name][0])).map((one) => [one.stamp, ...one[name]]);
const alike = (a, b) => a !== undefined && b !== undefined && a.every((value, i) => Math.abs(value - b[i]) < 0.002);

/** From the order to record to the order to end: each sensor's readings, one for one as the witness in the page heard them. */
async function assertAsHeard(page, journal, names = ['acceleration', 'linear', 'rotation']) {
  const [begin, end] = [ofType(journal, 'anchor')[0].stamp, journal.frames.at(-1).stamp];
  const heard = await page.evaluate(() => globalThis.heard);
  for (const name of names) {
    const expected = heard[name].filter(([at]) => at >= begin && at <= end).map(([, ...reading]) => reading);
    const stored = ofSensor(journal, name);
    assert(expected.length > 0, `the page heard ${name}`);
    const other = Array.from({ length: Math.max(stored.length, expected.length) }, (_, i) => i).find((i) => !alike(stored[i], expected[i]));
    assert(other === undefined, `${name}: of ${expected.length} heard and ${stored.length} stored reading ${other} is ${stored[other]} and was ${expected[other]}`);
  }
}

/** Gaps are where no reading came for a second, and nowhere else: a busy machine may cause one. */
function assertGapsAsStamped(journal) {
  const stamps = [ofType(journal, 'anchor')[0].stamp, ...ofSensor(journal, 'acceleration').map(([stamp]) => stamp), journal.frames.at(-1).stamp];
  const steps = stamps.slice(1).map((stamp, i) => [Math.round(stamps[i]), Math.round(stamp)]).filter(([from, to]) => to - from >= 1000);
  assertEqual(ofType(journal, 'gap').map((gap) => [Math.round(gap.begin), Math.round(gap.end), gap.reason]), steps.map((step) => [...step, 'silent']), 'gaps');
}

/** Readings a second as the stamps say, gaps left out. */
function rateOf(stamps) {
  const steps = stamps.slice(1).map((stamp, i) => stamp - stamps[i]);
  const usual = [...steps].sort((a, b) => a - b)[steps.length >> 1];
  const close = steps.filter((step) => step <= Math.max(3 * usual, usual + 50));
  return (1000 * close.length) / close.reduce((sum, step) => sum + step, 0);
}

/** The worker's browser lacks this: runs before the worker's own script. */
function crippleWorkers(page, script) {
  return page.evaluateOnNewDocument((text) => {
    const Real = Blob;
    globalThis.Blob = class extends Real {
      constructor(parts, options) { super(options?.type === 'text/javascript' ? [text, '\n', ...parts] : parts, options); }
    };
  }, script);
}
const noFiles = 'FileSystemFileHandle.prototype.createSyncAccessHandle = () => Promise.reject(new DOMException("no", "UnknownError"));';
const noDatabase = 'IDBFactory.prototype.open = () => { throw new DOMException("no", "InvalidStateError"); };';
const slowToOpen = `{
  const open = FileSystemFileHandle.prototype.createSyncAccessHandle;
  FileSystemFileHandle.prototype.createSyncAccessHandle = function () { return new Promise((resolve) => setTimeout(resolve, 1500)).then(() => open.call(this)); };
}`;

test('A first visit starts no recorder: the empty store is told without it', () => withRecorder({}, async ({ page, recorder }) => {
  assertEqual(await listed(recorder), { kind: 'stored', recordings: [], in_use_elsewhere: false }, 'stored');
  assertEqual(page.workers().length, 1, 'workers');
}));

test('A known motion is recorded: every reading once, its own stamps, all three sensors, whole frames', () => withRecorder({ before: witness }, async ({ page, sensors, recorder }) => {
  sensors.play(twitches(Array.from({ length: 80 }, (_, i) => 1.5 * i), { length: 1 }));
  const saved = await recorder.record('2026-01-01-10-00-00', async () => {
    await pause(4000);
    await recorder.order({ kind: 'mark', number: 1 });
    await recorder.order({ kind: 'strength', number: 1, strength: 4 });
    await pause(5000);
  }, {}, 3);
  const bytes = await storedBytes(page, saved.id);
  assertEqual(bytes.length, saved.bytes, 'bytes in the store');
  const journal = parseJournal(bytes);
  assertEqual([journal.torn, journal.frames[0].type, journal.frames.at(-1).type], [0, 'header', 'end'], 'begin and end');
  assertEqual([journal.frames[0].id, journal.frames[0].sensor], [saved.id, 1], 'header');
  const led = ofSensor(journal, 'acceleration');
  const steps = led.slice(1).map(([stamp], i) => stamp - led[i][0]);
  assert(steps.every((step) => step > 0), 'stamps go forward');
  const [anchor] = ofType(journal, 'anchor');
  const seconds = (journal.frames.at(-1).stamp - anchor.stamp) / 1000;
  assert(seconds > 9 && Math.abs(Date.now() - anchor.unix) < 60000, `${seconds} s, begun at ${anchor.unix}`);
  await assertAsHeard(page, journal);
  assertGapsAsStamped(journal);
  // 0.3 g along z, so 4 times its m/s² in degrees a second about x.
  const most = (sensor, axis) => Math.max(...ofSensor(journal, sensor).map((reading) => reading[1 + axis]));
  assert(Math.abs(most('acceleration', 2) - 12.75) < 0.3, `largest z ${most('acceleration', 2)}`);
  assert(Math.abs(most('rotation', 0) - 11.8) < 1.2, `largest rotation ${most('rotation', 0)}`);
  const [mark, stronger] = ofType(journal, 'mark');
  assertEqual([mark.number, mark.strength, stronger.strength], [1, -1, 4], 'mark');
  const before = (await page.evaluate(() => globalThis.heard.acceleration)).filter(([at]) => at < anchor.stamp).map(([, stamp]) => stamp);
  const [checked, rate] = [recorder.of('check').at(-1), rateOf(before)];
  assert(checked.acceleration && checked.linear && checked.rotation, 'the check saw three sensors');
  assert(Math.abs(checked.rate_hz / rate - 1) < 0.1 && checked.rate_hz < 63, `rate ${checked.rate_hz}, heard ${rate}`);
  console.log(`        ${led.length} readings in ${seconds.toFixed(2)} s, ${checked.rate_hz.toFixed(1)} a second in the check, longest step ${Math.max(...steps).toFixed(0)} ms`);
}));

test('A store that takes its time to open loses nothing of what is recorded meanwhile', () => withRecorder({ before: async (page) => { await witness(page); await crippleWorkers(page, slowToOpen); } }, async ({ page, sensors, recorder }) => {
  sensors.play(still);
  const saved = await recorder.record('2026-01-01-10-00-12', () => pause(1500));
  assert(saved.elapsed_s > 3, `${saved.elapsed_s} s`);
  await assertAsHeard(page, parseJournal(await storedBytes(page, saved.id)));
}));

test('What is recorded is in the store within a second', () => withRecorder({ before: witness }, async ({ page, sensors, recorder }) => {
  sensors.play(still);
  await recorder.record('2026-01-01-10-00-01', async () => {
    for (let i = 0; i < 5; i += 1) {
      await pause(700);
      const newest = await page.evaluate(() => globalThis.heard.acceleration.at(-1)[1]);
      const journal = parseJournal(await storedBytes(page, '2026-01-01-10-00-01'));
      const behind = newest - Math.max(ofType(journal, 'anchor')[0].stamp, ...allReadings(journal).map((one) => one.stamp));
      assert(behind < 1000, `${behind.toFixed(0)} ms are not stored`);
    }
  });
}));

for (const answer of ['denied', 'prompt', 'NotAllowedError']) {
  test(`An answer of ${answer} is a refusal, and the question is asked inside the tap`, () => withRecorder({ before: (page) => answerPermission(page, answer) }, async ({ page, recorder }) => {
    await recorder.order(check);
    await recorder.heard('sensor', (one) => one.state === 'refused');
    assertEqual(await page.evaluate(() => globalThis.askedInside), [true], 'asked inside a gesture');
  }));
}

test('A browser without motion, and a device without sensors, are told as missing', async () => {
  await withRecorder({ before: withoutMotion }, async ({ recorder }) => {
    assert(!recorder.of('abilities').at(-1)?.motion, 'no ability');
    await recorder.order(check);
    await recorder.heard('sensor', (one) => one.state === 'missing');
  });
  await withRecorder({ has: [] }, async ({ recorder }) => {
    await recorder.order(check);
    await recorder.heard('sensor', (one) => one.state === 'missing');
  });
});

test('Without the Generic Sensor interface devicemotion is recorded, missing sensors as no numbers', () => withRecorder({ has: ['acceleration'], before: async (page) => { await withoutGenericSensors(page); await witness(page); } }, async ({ page, sensors, recorder }) => {
  sensors.play(still);
  const saved = await recorder.record('2026-01-01-10-00-02', () => pause(3000));
  const journal = parseJournal(await storedBytes(page, saved.id));
  assertEqual([journal.frames[0].sensor, journal.frames[0].interval], [0, 16], 'kind and interval as told');
  await assertAsHeard(page, journal, ['acceleration']);
  assert(allReadings(journal).every((one) => Number.isFinite(one.acceleration[2]) && Number.isNaN(one.linear[0]) && Number.isNaN(one.rotation[0])), 'one sensor only');
}));

test('A hidden tab leaves a gap with its reason, and recording goes on at the return', () => withRecorder({ before: witness }, async ({ page, sensors, recorder }) => {
  sensors.play(still);
  const saved = await recorder.record('2026-01-01-10-00-03', async () => {
    await pause(2000);
    const back = await hide(page);
    await pause(3000);
    await back();
    const before = await page.evaluate(() => globalThis.heard.acceleration.length);
    await until(() => page.evaluate((count) => globalThis.heard.acceleration.length > count + 20, before), 'the page hears again');
  });
  const journal = parseJournal(await storedBytes(page, saved.id));
  const [hidden, shown] = await page.evaluate(() => ['hidden', 'visible'].map((state) => globalThis.seen.find(([one]) => one === state)[1]));
  const gaps = ofType(journal, 'gap').filter((gap) => gap.reason === 'hidden');
  assertEqual(gaps.length, 1, 'hidden gaps');
  const [gap] = gaps;
  assert(gap.begin < hidden + 100 && gap.end > shown - 100 && gap.end - gap.begin > 2500, `hidden from ${hidden} to ${shown}, gap from ${gap.begin} to ${gap.end}`);
  assert(!ofSensor(journal, 'acceleration').some(([stamp]) => stamp > gap.begin + 1 && stamp < gap.end - 1), 'nothing was heard in it');
  await assertAsHeard(page, journal);
  assert(ofType(journal, 'anchor').some((anchor) => anchor.stamp >= gap.end - 500), 'the clock is tied again');
}));

test('A sensor that falls silent is told while it lasts, and leaves a gap', () => withRecorder({}, async ({ page, sensors, recorder }) => {
  sensors.play(still);
  const saved = await recorder.record('2026-01-01-10-00-04', async () => {
    await pause(2000);
    sensors.stop();
    await recorder.heard('running', (one) => one.receiving === false);
    sensors.play(still);
    await recorder.heard('running', (one) => one.receiving === true, recorder.news.length);
  });
  const gaps = ofType(parseJournal(await storedBytes(page, saved.id)), 'gap');
  assert(gaps.length >= 1 && gaps.every((gap) => gap.reason === 'silent'), JSON.stringify(gaps));
}));

test('A second tab is told that another one records', () => withRecorder({}, async ({ context, sensors, recorder, address }) => {
  sensors.play(still);
  await recorder.record('2026-01-01-10-00-05', async () => {
    const second = await context.newPage();
    await virtualSensors(second);
    await second.goto(address);
    const other = await recorderOf(second);
    await other.order(check);
    await other.heard('sensor', (one) => one.state === 'busy-elsewhere');
    await other.order({ kind: 'record-begin', id: '2026-01-01-10-00-06', context: '', planned_s: 0, night: false, live_count: false });
    await until(async () => other.of('sensor').filter((one) => one.state === 'busy-elsewhere').length >= 2, 'told again');
    assert((await listed(other)).in_use_elsewhere, 'the store says so too');
    await second.close();
  });
}));

test('The store lists, keeps cards, opens for the engine, and removes; also after a reload', () => withRecorder({}, async ({ page, sensors, recorder }) => {
  sensors.play(still);
  const first = await recorder.record('2026-01-01-10-00-07', () => pause(3000), { context: '{"place":"left_ankle"}' });
  const second = await recorder.record('2026-01-01-10-00-08', () => pause(1500));
  await recorder.order({ kind: 'store-card', id: first.id, card: '{"title":"Left ankle"}' });
  const { recordings } = await listed(recorder);
  assertEqual(recordings.map((one) => [one.id, one.bytes, one.finished, one.card]), [[second.id, second.bytes, true, ''], [first.id, first.bytes, true, '{"title":"Left ankle"}']], 'listed');
  const stamps = allReadings(parseJournal(await storedBytes(page, first.id))).map((one) => one.stamp);
  const length = (Math.max(...stamps) - Math.min(...stamps)) / 1000;
  assert(length > 2 && Math.abs(recordings[1].length_s - length) < 0.5 && recordings[1].context === '{"place":"left_ankle"}', `${length} s, ${JSON.stringify(recordings[1])}`);
  await page.reload();
  await recorder.listen();
  const from = recorder.news.length;
  await recorder.order({ kind: 'store-remove', id: second.id });
  await recorder.order({ kind: 'store-open', id: first.id });
  await recorder.order({ kind: 'store-open', id: second.id });
  const opened = await recorder.heard('stored-file', (one) => one.id === first.id, from);
  assert(opened.source > 0 && opened.bytes === first.bytes, JSON.stringify(opened));
  assertEqual((await recorder.heard('stored-file', (one) => one.id === second.id, from)).source, 0, 'the removed one');
  assertEqual((await listed(recorder)).recordings.map((one) => one.id), [first.id], 'left');
}));

/** Bytes of what a copy hands over. */
async function copied(page, recorder, id) {
  await keepCopies(page);
  await recorder.order({ kind: 'store-copy', id, name: 'copy.klono' });
  await until(() => page.evaluate(() => globalThis.copies.length > 0), 'a copy is handed over');
  return bytesOf(page, 'globalThis.copies[0]');
}

for (const [name, script, kind] of [['files have no synchronous handle, the database', noFiles, 'database'], ['nothing can be stored, memory', noFiles + noDatabase, 'memory']]) {
  test(`Where ${name} takes the recording`, () => withRecorder({ before: (page) => crippleWorkers(page, script) }, async ({ page, sensors, recorder }) => {
    sensors.play(still);
    const saved = await recorder.record('2026-01-01-10-00-09', () => pause(4000));
    assertEqual(recorder.of('running').at(-1).store, kind, 'store');
    assertEqual(recorder.of('trouble').map((one) => one.trouble), kind === 'memory' ? ['storage-refused'] : [], 'trouble');
    const bytes = await copied(page, recorder, saved.id);
    assertEqual(bytes.length, saved.bytes, 'bytes of the copy');
    const journal = parseJournal(bytes);
    assertEqual([journal.torn, journal.frames.at(-1).type], [0, 'end'], 'whole');
    const { recordings } = await listed(recorder);
    assertEqual(recordings.map((one) => [one.id, one.bytes, one.readable]), [[saved.id, saved.bytes, true]], 'listed');
  }));
}

/** Chromium reserves room for a file by the megabyte, and asks after a database's room each 30 s: the end of the quota is
 *  felt only then. So a file is filled fast. Private windows count no files at all. */
const quotaCases = {
  file: { kept: true, before: withoutGenericSensors, fill: flood },
  database: { kept: false, before: (page) => crippleWorkers(page, noFiles), fill: async () => {} },
};
for (const [kind, { kept, before, fill }] of Object.entries(quotaCases)) {
  test(`When the quota ends midway (${kind}), what was recorded stays and the rest goes on in memory`, () => withRecorder({ kept, before: async (page) => { await before(page); await witness(page); }, noise: [/quota/i] }, async ({ page, sensors, recorder, address }) => {
    sensors.play(still);
    const session = await page.createCDPSession();
    const id = '2026-01-01-10-00-10';
    const saved = await recorder.record(id, async () => {
      await pause(3000);
      assertEqual([recorder.of('running').at(-1).store, recorder.of('trouble')], [kind, []], 'store, and no trouble yet');
      await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(address).origin, quotaSize: 1 });
      await fill(page);
      await recorder.heard('trouble', (one) => one.trouble === 'storage-full', 0, 120000);
      await recorder.heard('running', (one) => one.store === 'memory', 0, 3000);  // sooner than it is told anyway
    });
    const whole = await copied(page, recorder, id);
    assertEqual(whole.length, saved.bytes, 'bytes of the copy');
    const journal = parseJournal(whole);
    assertEqual([journal.torn, journal.frames.at(-1).type], [0, 'end'], 'whole');
    await assertAsHeard(page, journal);
    await recorder.heard('trouble', (one) => one.trouble === 'storage-full' && one.over);
    const stored = await storedBytes(page, id, kind);
    assert(stored.length < whole.length && Buffer.compare(stored, whole.subarray(0, stored.length)) === 0, 'the store holds the beginning of it');
    assert(parseJournal(stored).torn === 0 && allReadings(parseJournal(stored)).length > 20, 'what is in the store reads');
  }));
}

test('A tap on a button of the mirror and on the canvas is answered inside the browser\'s own event', () => withRecorder({}, async ({ page }) => {
  const frames = await page.evaluate(() => {
    const before = klonograph.frames();
    document.querySelector('#mirror button:not(:disabled)').click();
    return klonograph.frames() - before;
  });
  assertEqual(frames, 1, 'frames by the end of the click');
  const lifted = await page.evaluate(() => {
    const canvas = document.getElementById('canvas');
    canvas.setPointerCapture = () => {};
    const send = (type) => canvas.dispatchEvent(new PointerEvent(type, { pointerId: 1, pointerType: 'mouse', clientX: 5, clientY: 5, bubbles: true, cancelable: true }));
    const before = klonograph.frames();
    send('pointerdown');
    const between = klonograph.frames();
    send('pointerup');
    return [between - before, klonograph.frames() - between];
  });
  assertEqual(lifted, [0, 1], 'frames after down, after up');
}));

test('A dark screen is black around the canvas, and the lock on the screen is held while recording', () => withRecorder({}, async ({ page, sensors, recorder }) => {
  sensors.play(still);
  await recorder.record('2026-01-01-10-00-11', async () => {
    await recorder.heard('running', (one) => one.awake === true, 0, 15000);
    await recorder.order({ kind: 'dark', on: true });
    assertEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(0, 0, 0)', 'body');
    await recorder.order({ kind: 'dark', on: false });
    await recorder.order({ kind: 'cue', sound: true, long_one: false });
  }, { night: true });
}));
