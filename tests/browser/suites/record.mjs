// Recording through the real page: the Record screens by name, virtual sensors, the store, Review, and the native program
// on the same bytes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium, openPage, phone } from '../lib/chromium.mjs';
import { allReadings, ofType, parseJournal } from '../lib/journal.mjs';
import { find, heading, press, status, tables, textOf } from '../lib/mirror.mjs';
import { begin, enabled, newsOf, stop, toCheck } from '../lib/record_page.mjs';
import { storedBytes } from '../lib/recorder.mjs';
import { answerPermission, atRest, hide, virtualSensors, withoutGenericSensors, witness } from '../lib/sensors.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, assertEqual, test, until } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const still = () => atRest;
/** A limb that is jerked and rings: 0.3 g at 5 Hz along z, dying away, at each of `times`. */
function jerks(times) {
  return (t) => {
    const since = t - (times.findLast((time) => time <= t) ?? -Infinity);
    const push = since < 0.6 ? 9.81 * 0.3 * 1.5 * Math.exp(-since / 0.1) * Math.sin(2 * Math.PI * 5 * since) : 0;
    return { acceleration: [0, 0, 9.81 + push], linear: [0, 0, push], rotation: [push * 4, 0, 0] };
  };
}

const takesAtMost = 4;  // a machine too busy to move the sensor in time gets another chance
const minutes = process.env.KLONO_LONG ? 3 : 1;

async function withPage({ before = async () => {}, has, ...options }, body) {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    const { page, context, seen } = await openPage(browser, { viewport: phone, ...options });
    const sensors = await virtualSensors(page, { has });
    await before(page);
    await page.goto(site.address);
    await find(page, 'button', word('app.nav.help'));
    const outcome = await body({ browser, page, context, sensors, address: site.address });
    assertEqual(seen.problems, [], 'errors in the console');
    return outcome;
  } finally {
    await browser.close();
    site.stop();
  }
}

/** What the native program says of these bytes. */
function analysed(bytes) {
  const file = join(mkdtempSync(join(tmpdir(), 'klonograph-')), 'recording.klono');
  writeFileSync(file, bytes);
  return JSON.parse(execFileSync(process.env.KLONO_CLI, ['analyze', file, '--json'], { maxBuffer: 1 << 28 }).toString());
}

const onePicture = 8;  // draw calls at most of one picture that shows a single line

const countDraws = (page) => page.evaluateOnNewDocument(() => {
  globalThis.draws = 0;
  for (const name of ['drawElements', 'drawArrays']) {
    const real = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...all) {
      globalThis.draws += 1;
      return real.apply(this, all);
    };
  }
});

const idOf = (news) => news.find((one) => one.kind === 'running').id;

/** The phone without its fine screen: what is asked is how it records, and drawing in software takes the time to move the sensor. */
const coarse = { ...phone, deviceScaleFactor: 1 };

/** One recording of known twitches, all that can be asked of it asked; tells the share of them that could be judged. */
const takeOfTwitches = () => withPage({ before: witness, viewport: coarse }, async ({ page, sensors }) => {
  const news = await newsOf(page);
  sensors.play(still);
  await toCheck(page);
  await until(() => enabled(page, 'record start'), 'readings come');
  const times = Array.from({ length: minutes * 8 }, (_, i) => 12 + i * 6.5 + (i % 3) * 0.7);
  const begun = sensors.play(jerks(times));
  await begin(page);
  await pause(1000 * (times.at(-1) + 8) - (Date.now() - begun));
  await stop(page);

  const bytes = await storedBytes(page, idOf(news));
  const journal = parseJournal(bytes);
  assertEqual([journal.torn, journal.frames.at(-1).type], [0, 'end'], 'whole');
  const led = allReadings(journal).filter((one) => Number.isFinite(one.acceleration[0]));
  const heard = (await page.evaluate(() => globalThis.heard.acceleration)).filter(([, stamp]) => stamp >= led[0].stamp - 0.01 && stamp <= led.at(-1).stamp + 0.01);
  const stamps = new Set(led.map((one) => one.stamp));
  console.log(`        ${led.length} readings, ${heard.length - led.length} lost, ${led.length - stamps.size} twice, ${ofType(journal, 'gap').length} gaps`);
  assertEqual([led.length, stamps.size], [heard.length, heard.length], 'readings, stamps');

  const file = analysed(bytes);
  const start = Date.parse(file.recording.start);
  const onsets = file.events.map((event) => start + 1000 * event.onset_s);
  // A busy machine moves the sensor late now and then: a twitch beside such a hole cannot be judged, and is told so.
  const holes = file.recording.gaps.map((gap) => [start + 1000 * gap.start_s - 1500, start + 1000 * gap.end_s + 1000]);
  const clear = times.map((time) => begun + 1000 * time).filter((at) => !holes.some(([from, to]) => at > from && at < to));
  const found = clear.map((at) => Math.min(...onsets.map((onset) => Math.abs(onset - at)))).filter((off) => off < 150);
  const others = onsets.filter((onset) => !times.some((time) => Math.abs(begun + 1000 * time - onset) < 150));
  console.log(`        ${found.length} of ${clear.length} twitches found, ${times.length - clear.length} more beside holes, ${others.length} others; onset off by ${found.sort((a, b) => a - b)[found.length >> 1]?.toFixed(0)} ms (median), ${found.at(-1)?.toFixed(0)} ms at most`);
  assertEqual([found.length, others.length], [clear.length, 0], 'found, others');
  const live = news.find((one) => one.kind === 'saved').onsets_s;
  assertEqual(live.map((onset) => onset.toFixed(6)), file.events.map((event) => event.onset_s.toFixed(6)), 'live onsets');

  await press(page, word('record.saved_review'));
  if (onsets.length === 0) return 0;
  const table = await until(async () => (await tables(page)).find((one) => one.rows.length > 0 && one.columns.length > 3), 'the events of Review');
  assertEqual(table.rows.length, onsets.length, 'rows of Review');
  return clear.length / times.length;
});

test(`Known twitches of ${minutes} min are found where they were, live as in the file, nothing lost and nothing twice`, async () => {
  let judged = 0;  // in takes
  for (let take = 0; take < takesAtMost && judged < 0.5; take += 1) judged += await takeOfTwitches();
  assert(judged >= 0.5, `in ${takesAtMost} takes only ${(100 * judged).toFixed(0)} % of one take's twitches could be judged`);
});

test('A refusal, and a device without a sensor, are told with what to do', async () => {
  await withPage({ before: (page) => answerPermission(page, 'denied') }, async ({ page }) => {
    await toCheck(page);
    await until(async () => (await textOf(page)).includes(word('record.sensor_refused_advice')), 'the advice');
    assert(!(await enabled(page, 'record start')), 'start waits');
  });
  await withPage({ has: [] }, async ({ page }) => {
    await toCheck(page);
    await until(async () => (await textOf(page)).includes(word('record.sensor_missing_advice')), 'the advice');
    await find(page, 'button', word('record.open_logger_file'));
  });
});

test('Axes that are null are told in the check, and recorded as no numbers', () => withPage({ has: [], before: withoutGenericSensors }, async ({ page }) => {
  const news = await newsOf(page);
  await page.evaluate(() => setInterval(() => {
    const axes = () => ({ x: Math.random() / 10, y: null, z: 9.8 + Math.random() / 10 });
    dispatchEvent(new DeviceMotionEvent('devicemotion', { accelerationIncludingGravity: axes(), interval: 16 }));
  }, 16));
  await toCheck(page);
  await until(async () => (await textOf(page)).includes(word('record.line_axes_missing')), 'the check says so');
  await begin(page);
  await pause(4000);
  await press(page, word('record.stop'));
  await until(async () => (await heading(page)) === word('record.saved_recording'), 'it is saved');
  const readings = allReadings(parseJournal(await storedBytes(page, idOf(news))));
  assert(readings.length > 60, `${readings.length} readings`);
  assert(readings.every(({ acceleration: [x, y, z] }) => Number.isFinite(x) && Number.isNaN(y) && Number.isFinite(z)), 'x and z alone');
}));

test('A page that was hidden says so in the morning, with how long', () => withPage({}, async ({ page, sensors }) => {
  sensors.play(still);
  await toCheck(page);
  await begin(page);
  await pause(4000);
  const back = await hide(page);
  await pause(6000);
  await back();
  await pause(4000);
  await stop(page);
  assertEqual(await heading(page), word('record.saved_recording'), 'heading');
  const text = await textOf(page);
  assert(text.includes(word('record.gap_hidden')), 'the reason');
  assert(/Recorded [\d.]+\ss of [\d.]+\ss/.test(text), text.match(/Recorded[^.]*/)?.[0] ?? 'recorded of');
}));

test('A second tab is told that another one records', () => withPage({}, async ({ page, context, sensors, address }) => {
  sensors.play(still);
  await toCheck(page);
  await begin(page);
  const second = await context.newPage();
  await virtualSensors(second);
  await second.goto(address);
  await find(second, 'button', word('app.nav.help'));
  await toCheck(second);
  await until(async () => (await textOf(second)).includes(word('record.sensor_busy_advice')), 'it says so');
  assert(!(await enabled(second, 'record start')), 'start waits');
  await second.close();
  await page.bringToFront();
  await press(page, word('record.stop'));
  await until(async () => (await heading(page)) === word('record.saved_recording'), 'it is saved');
}));

test('A mark can be given, taken back and weighed; the recording is kept, deleted, and brought back', () => withPage({}, async ({ page, sensors }) => {
  const news = await newsOf(page);
  sensors.play(still);
  await toCheck(page);
  await begin(page);
  await pause(3000);
  await press(page, word('record.felt_one'));
  await press(page, word('app.common.undo'));
  await press(page, word('record.felt_one'));
  await press(page, word('record.strength_choice', { n: 7 }));
  await pause(3000);
  await stop(page);
  const marks = ofType(parseJournal(await storedBytes(page, idOf(news))), 'mark');
  assertEqual(marks.map((mark) => [mark.number, mark.strength, mark.takenBack]), [[1, -1, false], [1, -1, true], [2, -1, false], [2, 7, false]], 'marks');

  await press(page, word('record.saved_done_button'));
  const title = word('record.title.place_rest', { place: 'Left ankle' });
  const rows = async () => (await tables(page)).flatMap((table) => table.rows).filter((row) => row[0] === title).length;
  await until(async () => (await rows()) === 1, 'it is in the Library');
  await page.reload();
  await find(page, 'button', word('app.nav.help'));
  await until(async () => (await rows()) === 1, 'it is there on the next visit');
  await press(page, word('record.delete_row', { title }));
  await until(async () => (await status(page)) === word('record.deleted', { title }), 'deleted');
  await press(page, word('app.common.undo'));
  await until(async () => (await rows()) === 1, 'it is back');
  await press(page, word('record.delete_row', { title }));
  await until(async () => (await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('recordings');
    let files = 0;
    for await (const name of folder.keys()) files += name.endsWith('.klono') ? 1 : 0;
    return files;
  })) === 0, 'it is out of the store');
}));

test('A page that went while it recorded offers the recording on the next visit, and it opens', () => withPage({}, async ({ page, context, sensors, address }) => {
  sensors.play(still);
  await toCheck(page);
  await begin(page);
  await pause(12000);
  sensors.stop();
  await page.close({ runBeforeUnload: false });
  const next = await context.newPage();
  await next.goto(address);
  await press(next, word('record.unfinished_keep'));
  const title = word('record.title.place_rest', { place: 'Left ankle' });
  await until(async () => (await status(next)) === word('record.kept_said', { title }), 'kept');
  await until(async () => !(await textOf(next)).includes(word('record.unfinished_note')), 'it is not offered again');
  await press(next, word('app.library.review_row', { title }));
  await until(async () => (await heading(next)) === title, 'it is open in Review', 120000);
}));

test('A dark page draws nothing while the night is recorded', () => withPage({ before: countDraws }, async ({ browser, page, sensors }) => {
  const news = await newsOf(page);
  sensors.play(still);
  await toCheck(page, { activity: 'sleeping' });
  await begin(page);
  assert(await page.evaluate(() => document.documentElement.hasAttribute('data-black')), 'black around the canvas');
  await pause(3000);
  const drawn = () => page.evaluate(() => globalThis.draws);
  const cpu = async () => {
    const session = await browser.target().createCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    const of = (type) => processInfo.filter((one) => one.type === type).reduce((sum, one) => sum + one.cpuTime, 0);
    return { page: of('renderer'), gpu: of('GPU') };
  };
  const [draws, before, heard] = [await drawn(), await cpu(), news.length];
  await pause(20000);
  const after = await cpu();
  assert(news.slice(heard).some((one) => one.kind === 'running'), 'it records');
  assert((await drawn()) - draws <= onePicture, `${(await drawn()) - draws} draw calls in 20 s`);
  console.log(`        while black: page ${(5 * (after.page - before.page)).toFixed(1)} % of a processor, graphics ${(5 * (after.gpu - before.gpu)).toFixed(1)} %`);
  await stop(page);
  assertEqual(await heading(page), word('record.saved_night'), 'heading');
}));
