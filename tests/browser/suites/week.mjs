// Days of actigraphy at 100 Hz in the page: how long until their events are there, how much memory the engine took, and how the
// timeline answers while it is moved. Figures are printed; the memory has a bar. One day, or with KLONO_LONG the week (260 MB).
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium, openPage, desktop } from '../lib/chromium.mjs';
import { find } from '../lib/mirror.mjs';
import { cli, run, scratch } from '../lib/recordings.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, test } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

const days = process.env.KLONO_LONG ? 7 : 1;
const kMostHeap = 256 * 1024 * 1024;

function week(format) {
  const path = process.env[`KLONO_WEEK_${format.toUpperCase()}`] ?? join(scratch, `week.${format}`);
  if (!existsSync(path)) run(cli, 'synth', '--as', format, '--days', String(days), '--to', path);
  return path;
}

/** Notes, before anything else runs, how long each drawn frame keeps the page busy, and how long the engine takes to answer. */
function watch() {
  window.watched = { frames: [], answers: [] };
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => ask((now) => {
    const begun = performance.now();
    callback(now);
    window.watched.frames.push(performance.now() - begun);
  });
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (...message) {
    const begun = performance.now();
    if (!this.listened) {
      this.listened = true;
      this.waiting = [];
      this.addEventListener('message', () => {
        const asked = this.waiting.shift();
        if (asked !== undefined) window.watched.answers.push(performance.now() - asked);
      });
    }
    this.waiting.push(begun);
    return post.apply(this, message);
  };
}

const megabytes = (bytes) => (bytes / 1048576).toFixed(0);
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? 0;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const command = (page, name) => page.evaluate((wanted) => document.querySelector(`[data-command="${wanted}"]`).click(), name);

async function heapOfEngine(page) {
  let most = 0;
  for (const worker of page.workers())
    most = Math.max(most, await worker.evaluate('typeof program === "object" && program ? program.HEAPU8.length : 0').catch(() => 0));
  return most;
}

for (const format of ['cwa', 'gt3x']) {
  test(`Days as ${format} are opened in the page, in bounded memory, and the timeline answers`, async () => {
    const path = week(format);
    const site = await serveSite();
    const browser = await launchChromium();
    try {
      const { page } = await openPage(browser, { viewport: desktop });
      await page.evaluateOnNewDocument(watch);
      await page.goto(site.address);
      await find(page, 'button', word('app.common.open_file'));
      const input = await page.$('input[type=file]');
      const begun = performance.now();
      await input.uploadFile(path);
      await find(page, 'button', word('app.review.zoom_in'), 280000);
      const opened_s = (performance.now() - begun) / 1000;
      const heap = await heapOfEngine(page);
      console.log(`        ${format}, ${days} days, ${megabytes(statSync(path).size)} MB: events after ${opened_s.toFixed(1)} s, engine's memory ${megabytes(heap)} MiB`);
      assert(heap > 0, "the engine's memory is known");
      assert(heap <= kMostHeap, `${megabytes(heap)} MiB of memory`);

      await pause(2000);
      await page.evaluate(() => { window.watched.frames = []; window.watched.answers = []; });
      for (let level = 0; level < 14; level += 1) {
        await command(page, 'zoom-in');
        await pause(120);
        for (let step = 0; step < 4; step += 1) {
          await command(page, step % 2 ? 'pan-left' : 'pan-right');
          await pause(90);
        }
      }
      await pause(1500);
      const { frames, answers } = await page.evaluate(() => window.watched);
      console.log(`        moved and zoomed to the samples: ${frames.length} frames, ${frames.filter((one) => one > 16.7).length} over 16.7 ms, ` +
        `95 % within ${quantile(frames, 0.95).toFixed(1)} ms, worst ${quantile(frames, 1).toFixed(1)} ms (with software drawing); ` +
        `a window from the engine: median ${quantile(answers, 0.5).toFixed(0)} ms, worst ${quantile(answers, 1).toFixed(0)} ms`);
      assert(frames.length > 30 && answers.length > 10, 'the view was moved and the engine was asked');
      await page.screenshot({ path: join(scratch, `week-${format}.png`) });
    } finally {
      await browser.close();
      site.stop();
    }
  });
}
