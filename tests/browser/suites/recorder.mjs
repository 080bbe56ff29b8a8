// The page's recorder alone, in Chromium with virtual sensors: orders in, news out, bytes in the store.
import { launchChromium, openPage } from '../lib/chromium.mjs';
import { allReadings, ofType, parseJournal } from '../lib/journal.mjs';
import { recorderOf, storedBytes } from '../lib/recorder.mjs';
import { answerPermission, atRest, hide, twitches, virtualSensors, withoutGenericSensors, withoutMotion, witness } from '../lib/sensors.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, assertEqual, test, until } from '../lib/tests.mjs';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const check = { kind: 'check-begin', source: 'phone', planned_s: 600 };
const still = () => atRest;

/** A page with sensors, before anything is asked of it. */
async function withRecorder({ has, before = async () => {}, noise = [] }, body) {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    const { page, context, seen } = await openPage(browser);
    const sensors = await virtualSensors(page, { has });
    await before(page);
    await page.goto(site.address);
    const recorder = await recorderOf(page);
    await body({ page, context, sensors, recorder, address: site.address, browser });
    assertEqual(seen.problems.filter((text) => !noise.some((known) => known.test(text))), [], 'errors in the console');
  } finally {
    await browser.close();
    site.stop();
  }
}

/** Readings of the accelerometer, one for one as the witness in the page wrote them down. */
async function assertAsHeard(page, led) {
  const heard = (await page.evaluate(() => globalThis.heard)).filter(([stamp]) => stamp > led[0].stamp - 0.01 && stamp < led.at(-1).stamp + 0.01);
  const figures = (stamp, axes) => `${stamp.toFixed(2)} ${axes.map((value) => value.toFixed(4)).join(' ')}`;
  assertEqual(led.map((one) => figures(one.stamp, one.acceleration)), heard.map(([stamp, ...axes]) => figures(stamp, axes)), 'readings as the page heard them');
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

test('A first visit starts no recorder: the empty store is told without it', () => withRecorder({}, async ({ page, recorder }) => {
  await recorder.order({ kind: 'store-list' });
  assertEqual(await recorder.heard('stored'), { kind: 'stored', recordings: [], in_use_elsewhere: false }, 'stored');
  assertEqual(page.workers().length, 1, 'workers');
}));

test('A known motion is recorded: every reading once, its own stamps, all three sensors, whole frames', () => withRecorder({ before: witness }, async ({ page, sensors, recorder }) => {
  const times = [3, 5, 7.5];
  sensors.play(twitches(times));
  const saved = await recorder.record('2026-01-01-10-00-00', async () => {
    await pause(4000);
    await recorder.order({ kind: 'mark', number: 1 });
    await recorder.order({ kind: 'strength', number: 1, strength: 4 });
    await pause(5000);
  });
  const checked = recorder.of('check').at(-1);
  assert(checked.acceleration && checked.linear && checked.rotation, 'the check saw three sensors');
  assert(checked.rate_hz > 20 && checked.rate_hz < 63, `rate ${checked.rate_hz}`);  // pushed as fast as a busy machine can
  const bytes = await storedBytes(page, saved.id);
  assertEqual(bytes.length, saved.bytes, 'bytes in the store');
  const journal = parseJournal(bytes);
  assertEqual([journal.torn, journal.frames[0].type, journal.frames.at(-1).type], [0, 'header', 'end'], 'begin and end');
  assertEqual([journal.frames[0].id, journal.frames[0].sensor], [saved.id, 1], 'header');
  const readings = allReadings(journal);
  const led = readings.filter((one) => Number.isFinite(one.acceleration[0]));
  const steps = led.slice(1).map((one, i) => one.stamp - led[i].stamp);
  assert(steps.every((step) => step > 0), 'stamps go forward');
  const seconds = (led.at(-1).stamp - led[0].stamp) / 1000;
  assert(seconds > 8.5, `${seconds} s`);
  await assertAsHeard(page, led);
  for (const sensor of ['linear', 'rotation']) assert(readings.filter((one) => Number.isFinite(one[sensor][0])).length > led.length / 2, sensor);
  // 0.3 g along z, so 4 times its m/s² in degrees a second about x.
  const most = (sensor, axis) => Math.max(...readings.map((one) => one[sensor][axis]).filter(Number.isFinite));
  assert(Math.abs(most('acceleration', 2) - 12.75) < 0.3, `largest z ${most('acceleration', 2)}`);
  assert(Math.abs(most('rotation', 0) - 11.8) < 1.2, `largest rotation ${most('rotation', 0)}`);
  const [mark, stronger] = ofType(journal, 'mark');
  assertEqual([mark.number, mark.strength, stronger.strength], [1, -1, 4], 'mark');
  const [anchor] = ofType(journal, 'anchor');
  assert(Math.abs(Date.now() - anchor.unix) < 60000 && Math.abs(anchor.stamp - led[0].stamp) < 1500, 'anchor');
  assert(ofType(journal, 'gap').length === 0, 'no gaps');
  console.log(`        ${led.length} readings in ${seconds.toFixed(2)} s, longest step ${Math.max(...steps).toFixed(0)} ms`);
}));

test('What is recorded is in the store within a second', () => withRecorder({}, async ({ page, sensors, recorder }) => {
  sensors.play(still);
  await recorder.record('2026-01-01-10-00-01', async () => {
    for (let i = 0; i < 5; i += 1) {
      await pause(700);
      const [bytes, now] = [await storedBytes(page, '2026-01-01-10-00-01'), await page.evaluate(() => performance.now())];
      const behind = now - Math.max(...allReadings(parseJournal(bytes)).map((one) => one.stamp), 0);
      assert(behind < 1000 || i === 0, `${behind.toFixed(0)} ms are not stored`);
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

test('Without the Generic Sensor interface devicemotion is recorded, missing sensors as no numbers', () => withRecorder({ has: ['acceleration'], before: withoutGenericSensors }, async ({ page, sensors, recorder }) => {
  sensors.play(still);
  const saved = await recorder.record('2026-01-01-10-00-02', () => pause(3000));
  const journal = parseJournal(await storedBytes(page, saved.id));
  assertEqual([journal.frames[0].sensor, journal.frames[0].interval], [0, 16], 'kind and interval as told');
  const readings = allReadings(journal);
  assert(readings.length > 60, `${readings.length} readings`);
  assert(readings.every((one) => Number.isFinite(one.acceleration[2]) && Number.isNaN(one.linear[0]) && Number.isNaN(one.rotation[0])), 'one sensor only');
}));

test('A hidden tab leaves a gap with its reason, and recording goes on at the return', () => withRecorder({}, async ({ page, sensors, recorder }) => {
  sensors.play(still);
  const saved = await recorder.record('2026-01-01-10-00-03', async () => {
    await pause(2000);
    const back = await hide(page);
    await pause(3000);
    await back();
    await pause(2500);
  });
  const journal = parseJournal(await storedBytes(page, saved.id));
  const gaps = ofType(journal, 'gap').filter((gap) => gap.reason === 'hidden');
  assertEqual(gaps.length, 1, 'hidden gaps');
  const [gap] = gaps;
  assert(gap.end - gap.begin > 2500 && gap.end - gap.begin < 5000, `gap of ${gap.end - gap.begin} ms`);
  const led = allReadings(journal).filter((one) => Number.isFinite(one.acceleration[0]));
  assert(!led.some((one) => one.stamp > gap.begin + 1 && one.stamp < gap.end - 1), 'nothing was heard in it');
  assert(led.filter((one) => one.stamp >= gap.end).length > 20, 'recording goes on');
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
    await other.order({ kind: 'store-list' });
    assert((await other.heard('stored')).in_use_elsewhere, 'the store says so too');
    await second.close();
  });
}));

test('The store lists, keeps cards, opens for the engine, and removes; also after a reload', () => withRecorder({}, async ({ page, sensors, recorder }) => {
  sensors.play(still);
  const first = await recorder.record('2026-01-01-10-00-07', () => pause(3000), { context: '{"place":"left_ankle"}' });
  const second = await recorder.record('2026-01-01-10-00-08', () => pause(1500));
  await recorder.order({ kind: 'store-card', id: first.id, card: '{"title":"Left ankle"}' });
  await recorder.order({ kind: 'store-list' });
  const { recordings } = await recorder.heard('stored');
  assertEqual(recordings.map((one) => [one.id, one.bytes, one.finished, one.card]), [[second.id, second.bytes, true, ''], [first.id, first.bytes, true, '{"title":"Left ankle"}']], 'listed');
  assert(Math.abs(recordings[1].length_s - first.recorded_s) < 1 && recordings[1].context === '{"place":"left_ankle"}', JSON.stringify(recordings[1]));
  await page.reload();
  await recorder.listen();
  const from = recorder.news.length;
  await recorder.order({ kind: 'store-remove', id: second.id });
  await recorder.order({ kind: 'store-open', id: first.id });
  await recorder.order({ kind: 'store-open', id: second.id });
  const opened = await recorder.heard('stored-file', (one) => one.id === first.id, from);
  assert(opened.source > 0 && opened.bytes === first.bytes, JSON.stringify(opened));
  assertEqual((await recorder.heard('stored-file', (one) => one.id === second.id, from)).source, 0, 'the removed one');
  await recorder.order({ kind: 'store-list' });
  assertEqual((await recorder.heard('stored', undefined, from)).recordings.map((one) => one.id), [first.id], 'left');
}));

/** Bytes of what a copy hands over. */
async function copied(page, recorder, id) {
  await page.evaluate(() => {
    globalThis.copies = [];
    URL.createObjectURL = ((real) => (blob) => { globalThis.copies.push(blob); return real.call(URL, blob); })(URL.createObjectURL);
  });
  await recorder.order({ kind: 'store-copy', id, name: 'copy.klono' });
  const text = await until(() => page.evaluate(async () => {
    const [blob] = globalThis.copies;
    if (!blob) return '';
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.split(',')[1]);
      reader.readAsDataURL(blob);
    });
  }), 'a copy is handed over');
  return new Uint8Array(Buffer.from(text, 'base64'));
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
    await recorder.order({ kind: 'store-list' });
    const { recordings } = await recorder.heard('stored');
    assertEqual(recordings.map((one) => [one.id, one.bytes, one.readable]), [[saved.id, saved.bytes, true]], 'listed');
  }));
}

for (const kind of ['file', 'database']) {
  test(`When the quota ends midway (${kind}), what was recorded stays and the rest goes on in memory`, () => withRecorder({ before: async (page) => { await witness(page); if (kind === 'database') await crippleWorkers(page, noFiles); }, noise: [/quota/i] }, async ({ page, sensors, recorder, address }) => {
    sensors.play(still);
    const session = await page.createCDPSession();
    const id = '2026-01-01-10-00-10';
    const saved = await recorder.record(id, async () => {
      await pause(3000);
      await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(address).origin, quotaSize: 1 });
      await recorder.heard('trouble', (one) => one.trouble === 'storage-full', 0, 60000);
      await recorder.heard('running', (one) => one.store === 'memory');
    });
    const whole = await copied(page, recorder, id);
    assertEqual(whole.length, saved.bytes, 'bytes of the copy');
    const journal = parseJournal(whole);
    assertEqual([journal.torn, journal.frames.at(-1).type], [0, 'end'], 'whole');
    const led = allReadings(journal).filter((one) => Number.isFinite(one.acceleration[0]));
    await assertAsHeard(page, led);
    await recorder.heard('trouble', (one) => one.trouble === 'storage-full' && one.over);
    if (kind === 'database') return;
    const stored = parseJournal(await storedBytes(page, id));
    assert(stored.torn === 0 && allReadings(stored).length > 20, 'what is in the store reads');
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
