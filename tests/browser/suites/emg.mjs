// EMG in the page: a recording of EMG alone, and one with movement, gone through by names and roles alone.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { desktop, launchChromium, openPage, phone } from '../lib/chromium.mjs';
import { find, press, status, tables, textOf } from '../lib/mirror.mjs';
import { cli, realRecording, scratch, shots } from '../lib/recordings.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, assertEqual, test, until } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

const one = word('emg.event');

function made(option) {
  const path = join(scratch, `${option.slice(2)}.edf`);
  if (!existsSync(path)) execFileSync(cli, ['synth', option, path, '--minutes', '3', '--singles', '120']);
  return path;
}

/** The channels as the command line tells them. */
const toldBy = (path) => JSON.parse(execFileSync(cli, ['analyze', path, '--json'], { maxBuffer: 1 << 28 }).toString());

async function withFile(path, options, body) {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    const { page, seen } = await openPage(browser, options);
    await page.goto(site.address);
    await find(page, 'button', word('app.nav.help'));
    await (await page.$('input[type=file]')).uploadFile(path);
    await find(page, 'button', word('emg.review.select_n', { what: one, n: 1 }));
    await body(page);
    assertEqual(seen.problems, [], 'errors in the console');
  } finally {
    await browser.close();
    site.stop();
  }
}

/** Once nothing has been drawn over many looks in a row: readings of a view come from the engine, each with a frame of its own. */
async function untilIdle(page) {
  const looks = 40;
  let [frames, same] = [-1, 0];
  await until(async () => {
    const now = await page.evaluate(() => globalThis.klonograph.frames());
    same = now === frames ? same + 1 : 0;
    frames = now;
    return same >= looks;
  }, 'the picture stands still');
}

const list = async (page) => (await tables(page)).find((table) => table.columns.includes(word('emg.review.column_peak')));

test('EMG alone opens with the bursts that the command line finds, and is gone through by name', () => withFile(made('--emg'), {}, async (page) => {
  const told = toldBy(made('--emg')).emg.channels;
  const count = told.reduce((sum, channel) => sum + channel.bursts.length, 0);
  const found = await list(page);
  assert(found.caption.includes(String(count)), `${found.caption} of ${count}`);
  const first = told.map((channel) => channel.bursts[0]).sort((a, b) => a.onset_s - b.onset_s)[0];
  assert(found.rows[0][5].startsWith(String(Math.round(first.peak))), `${found.rows[0]} peaks at ${first.peak}`);
  await press(page, word('emg.review.select_n', { what: one, n: 2 }));
  await until(async () => (await status(page)).startsWith(`${one} 2`), 'the status tells which');
  await press(page, word('emg.review.next', { what: one }));
  await until(async () => (await status(page)).startsWith(`${one} 3`), 'and the next');
  assert(!(await textOf(page)).includes(word('app.review.limits')), 'nothing is said of movement');
}));

test('EMG beside movement has its list below that of the events', () => withFile(made('--emg-beside'), {}, async (page) => {
  const told = toldBy(made('--emg-beside'));
  await find(page, 'button', word('app.review.select_n', { n: told.events.length }));
  const found = await list(page);
  assert(found.caption.includes(String(told.emg.channels.reduce((sum, channel) => sum + channel.bursts.length, 0))), found.caption);
}));

test('A real recording of EMG in units of its file opens, and says that they are no microvolts', () => {
  const real = realRecording('emg_txt/biosppy_emg_1.txt');
  if (!real) return console.log('        skipped: no real recordings');
  return withFile(real, {}, async (page) => assert((await textOf(page)).includes(word('emg.told.no_microvolts')), 'it says so'));
});

mkdirSync(shots, { recursive: true });
for (const [name, viewport] of [['phone', phone], ['desktop', desktop]]) {
  for (const dark of [true, false]) {
    test(`EMG on a ${name} is drawn in ${dark ? 'dark' : 'light'}`, () => withFile(made('--emg-beside'), { viewport, dark }, async (page) => {
      await press(page, word('emg.review.select_n', { what: one, n: 3 }));
      await until(async () => (await status(page)).startsWith(`${one} 3`), 'the status tells which');
      await page.evaluate(() => globalThis.document.activeElement.blur());  // the keyboard's own button lies over the picture
      await untilIdle(page);
      await page.screenshot({ path: join(shots, `emg-${name}-${dark ? 'dark' : 'light'}.png`) });
    }));
  }
}
