// Opening a recording, choosing an event and setting it aside through the accessibility tree alone.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium, openPage, desktop, phone } from '../lib/chromium.mjs';
import { find, heading, press, status, tables, textOf } from '../lib/mirror.mjs';
import { madeRecording, realRecording, shots } from '../lib/recordings.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, assertEqual, test, until } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

async function withPage(options, body) {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    const { page, seen } = await openPage(browser, options);
    await page.goto(site.address);
    await find(page, 'button', word('app.nav.help'));  // the app is there
    await body(page, seen);
    assertEqual(seen.problems, [], 'errors in the console');
  } finally {
    await browser.close();
    site.stop();
  }
}

const rowOf = async (page, n) => (await tables(page)).flatMap((table) => table.rows).find((row) => row[0] === String(n));

test('The example is opened, an event chosen, set aside and brought back by names and roles alone', () => withPage({}, async (page) => {
  await press(page, word('app.common.open_example'));
  await press(page, word('app.review.select_n', { n: 2 }));
  await find(page, 'button', word('app.review.reject_n', { n: 2 }));
  await press(page, word('app.review.reject_n', { n: 2 }));
  await until(async () => (await status(page)).includes(word('app.review.rejected_status', { n: 2 })), 'the status says so');
  await until(async () => (await rowOf(page, 2))?.includes(word('app.review.decision_rejected')), 'the row says so');
  await press(page, word('app.common.undo'));
  await until(async () => (await rowOf(page, 2))?.includes(word('app.review.decision_none')), 'undo brings it back');
}));

test('Every screen has one main heading, and the page for help is always one step away', () => withPage({}, async (page) => {
  for (const screen of ['library', 'record', 'patterns', 'history', 'report', 'settings', 'help']) {
    await press(page, word(`app.nav.${screen}`));
    await until(async () => (await heading(page)).length > 0, `${screen} has a heading`);
    assertEqual(await page.$$eval('h1', (nodes) => nodes.filter((node) => !node.closest('[hidden]')).length), 1, `main headings of ${screen}`);
    await find(page, 'button', word('app.nav.help'));
  }
}));

test('A file that holds no acceleration is refused in words that say what to do', () => withPage({}, async (page) => {
  const gyroscope = realRecording('phyphox/deadreckoning_Gyroscope.csv');
  if (!gyroscope) return console.log('        skipped: no real recordings');
  await (await page.$('input[type=file]')).uploadFile(gyroscope);
  await until(async () => (await textOf(page)).includes(word('app.refused.heading')), 'the refusal');
}));

test('Several files are opened one after another and all stay in the library', () => withPage({}, async (page) => {
  await (await page.$('input[type=file]')).uploadFile(madeRecording());
  await find(page, 'button', word('app.review.select_n', { n: 1 }));
  await press(page, word('app.nav.library'));
  await press(page, word('app.common.open_example'));
  await find(page, 'button', word('app.review.select_n', { n: 1 }));
  await press(page, word('app.nav.library'));
  await until(async () => {
    const text = await textOf(page);
    return text.includes('made.csv') && text.includes(word('app.common.example_title'));
  }, 'both are listed');
}));

test('A recording without a time column asks for its rate and opens with the answer', () => withPage({}, async (page) => {
  const motion = realRecording('csv/skdh_motion_test_positive.csv');
  if (!motion) return console.log('        skipped: no real recordings');
  await (await page.$('input[type=file]')).uploadFile(motion);
  await until(async () => (await textOf(page)).includes(word('app.question.heading_rate')), 'the question');
  await press(page, word('app.question.rate_choice', { value: '50' }));
  await find(page, 'button', word('app.review.zoom_in'));
}));

mkdirSync(shots, { recursive: true });
for (const [name, viewport] of [['phone', phone], ['desktop', desktop]]) {
  for (const dark of [true, false]) {
    test(`The ${dark ? 'dark' : 'light'} example on a ${name} is drawn`, () => withPage({ viewport, dark }, async (page) => {
      const shot = (what) => page.screenshot({ path: join(shots, `${what}-${name}-${dark ? 'dark' : 'light'}.png`) });
      await find(page, 'button', word('app.common.open_example'));
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await shot('first');
      await press(page, word('app.common.open_example'));
      await press(page, word('app.review.select_n', { n: 3 }));
      await new Promise((resolve) => setTimeout(resolve, 2500));
      await shot('review');
      const colours = await page.$eval('canvas', (canvas) => [canvas.width, canvas.height]);
      assert(colours[0] > 300 && colours[1] > 300, 'the canvas has a size');
      for (const screen of ['library', 'settings', 'help', 'report']) {
        await press(page, word(`app.nav.${screen}`));
        await new Promise((resolve) => setTimeout(resolve, 800));
        await shot(screen);
      }
    }));
  }
}
