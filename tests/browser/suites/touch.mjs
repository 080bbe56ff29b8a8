// A finger and a mouse on the canvas: drag, pinch, tap, wheel, and a real file dropped on the window.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { launchChromium, openPage, desktop, phone } from '../lib/chromium.mjs';
import { find, press, status, tables, textOf } from '../lib/mirror.mjs';
import { madeRecording, realRecording } from '../lib/recordings.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, assertEqual, test, until } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The visible stretch as the mirror tells it. */
const shown = async (page) => {
  const start = word('app.review.view_sentence').split('{')[0];
  const text = await page.$$eval('p', (nodes, begin) => nodes.map((node) => node.textContent.trim()).find((line) => line.startsWith(begin)) ?? '', start);
  return text;
};

async function openExample(page, address) {
  await page.goto(address);
  await press(page, word('app.common.open_example'));
  await find(page, 'button', word('app.review.zoom_in'));
  await until(() => shown(page), 'the visible stretch is told');
  await pause(1500);
}

test('On a phone two fingers zoom the timeline and one finger moves it', async () => {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, { viewport: phone });
    await openExample(page, site.address);
    const session = await page.createCDPSession();
    const touch = (type, points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    const y = 300;
    const before = await shown(page);
    await touch('touchStart', [{ x: 170, y, id: 1 }]);
    await touch('touchStart', [{ x: 170, y, id: 1 }, { x: 220, y, id: 2 }]);
    for (let i = 1; i <= 8; i += 1) {
      await touch('touchMove', [{ x: 170 - 12 * i, y, id: 1 }, { x: 220 + 12 * i, y, id: 2 }]);
      await pause(60);
    }
    await touch('touchEnd', []);
    const zoomed = await until(async () => { const now = await shown(page); return now !== before && now; }, 'the pinch zooms');
    await touch('touchStart', [{ x: 300, y, id: 1 }]);
    for (let i = 1; i <= 8; i += 1) {
      await touch('touchMove', [{ x: 300 - 20 * i, y, id: 1 }]);
      await pause(60);
    }
    await touch('touchEnd', []);
    await until(async () => (await shown(page)) !== zoomed, 'the drag moves');
    assert((await status(page)).length > 0, 'the status line tells what happened');
  } finally {
    await browser.close();
    site.stop();
  }
});

const seconds = (clock) => clock.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);

/** Where on the canvas of a phone an event is drawn, told from what the mirror says of the view and of the event. */
async function placeOnPhone(page, n) {
  const [from, until] = (await shown(page)).match(/\d+:\d\d:\d\d/g).map(seconds);
  const row = (await tables(page)).flatMap((table) => table.rows).find((cells) => cells[0] === String(n));
  const [left, right] = [44, 374];  // edges of the lanes
  return { x: left + ((seconds(row[1].match(/\d+:\d\d:\d\d/)[0]) + 0.5 - from) / (until - from)) * (right - left), y: 300 };
}

const chosen = (page) => page.$$eval('tr[aria-current="true"]', (rows) => rows.map((row) => row.cells[0].textContent.trim()));

test('On a phone a finger on an event in the lanes chooses it, and one beside it does not', async () => {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, { viewport: phone });
    await openExample(page, site.address);
    assertEqual(await chosen(page), ['1'], 'the first event is chosen at first');
    const at = await placeOnPhone(page, 2);
    const first = await placeOnPhone(page, 1);
    assert(at.x > 44 && at.x < 374, 'the second event is in view');
    await page.touchscreen.tap(Math.round((at.x + first.x) / 2), at.y);
    await pause(800);
    assertEqual(await chosen(page), ['1'], 'between two events nothing is chosen');
    await page.touchscreen.tap(Math.round(at.x), at.y);
    await until(async () => (await chosen(page))[0] === '2', 'the tap chooses the event under the finger');
  } finally {
    await browser.close();
    site.stop();
  }
});

test('The film strip of the example opens at every size of window', async () => {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    for (const viewport of [phone, { width: 768, height: 1024, deviceScaleFactor: 2 }, desktop, { width: 1920, height: 1080, deviceScaleFactor: 1 }]) {
      const { page, seen } = await openPage(browser, { viewport });
      await openExample(page, site.address);
      await page.evaluate(() => document.activeElement?.blur());
      const frames = await page.evaluate(() => globalThis.klonograph.frames());
      await page.keyboard.press('KeyF');
      await until(async () => (await page.evaluate(() => globalThis.klonograph.frames())) > frames + 1, 'it is drawn');
      await pause(800);
      assertEqual(seen.problems, [], `errors at ${viewport.width} x ${viewport.height}`);
      assert(await page.$eval('#failure', (node) => node.hidden), `the page goes on at ${viewport.width} x ${viewport.height}`);
      await page.close();
    }
  } finally {
    await browser.close();
    site.stop();
  }
});

test('On a desktop the wheel zooms, a drag moves, and keys step from event to event and decide', async () => {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, { viewport: desktop });
    await openExample(page, site.address);
    const before = await shown(page);
    await page.mouse.move(600, 400);
    for (let i = 0; i < 4; i += 1) { await page.mouse.wheel({ deltaY: -240 }); await pause(80); }
    const zoomed = await until(async () => { const now = await shown(page); return now !== before && now; }, 'the wheel zooms');
    await page.mouse.down();
    for (let i = 1; i <= 6; i += 1) { await page.mouse.move(600 - 40 * i, 400); await pause(60); }
    await page.mouse.up();
    await until(async () => (await shown(page)) !== zoomed, 'the drag moves');
    await page.evaluate(() => document.activeElement?.blur());
    await page.mouse.click(600, 400);
    await page.keyboard.press('ArrowRight');
    await until(async () => /\d/.test(await status(page)), 'an event is chosen by key');
    const chosen = await status(page);
    await page.keyboard.press('KeyN');
    await until(async () => (await status(page)) !== chosen, 'the key decides');
  } finally {
    await browser.close();
    site.stop();
  }
});

test('A file dropped on the window is opened', async () => {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, { viewport: desktop });
    await page.goto(site.address);
    await find(page, 'button', word('app.common.open_example'));
    const path = realRecording('sensorlogger/eth_android_2023-03-17/TotalAcceleration.csv') ?? madeRecording();
    const session = await page.createCDPSession();
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await session.send('Input.dispatchDragEvent', { type, x: 700, y: 450, data });
      await pause(150);
    }
    assert(readFileSync(path).length > 0, 'the file is there');
    await until(async () => (await textOf(page)).includes(basename(path)), 'the dropped file is named');
    await find(page, 'button', word('app.review.zoom_in'));
  } finally {
    await browser.close();
    site.stop();
  }
});
