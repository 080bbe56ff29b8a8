// Nothing leaves the page: the final content policy holds, with and without the server's headers, and a
// whole use asks the network for nothing.
import { launchChromium, openPage, recordTraffic, desktop } from '../lib/chromium.mjs';
import { find, press, status } from '../lib/mirror.mjs';
import { madeRecording } from '../lib/recordings.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, assertEqual, test, until } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

async function wholeUse(page) {
  await press(page, word('app.common.open_example'));
  await find(page, 'button', word('app.review.confirm_n', { n: 1 }));
  await press(page, word('app.review.reject_n', { n: 1 }));
  await until(async () => (await status(page)).length > 0, 'the status line tells what happened');
  await press(page, word('app.review.save_summary'));
  await press(page, word('app.review.save_table'));
  await press(page, word('app.nav.settings'));
  await press(page, word('app.nav.library'));
  const input = await page.$('input[type=file]');
  await input.uploadFile(madeRecording());
  await until(async () => (await page.$$('button')).length > 3 && (await page.$eval('body', (body) => body.textContent)).includes('made.csv'), 'the file is open');
}

for (const headers of [true, false]) {
  test(`A whole use ${headers ? 'under' : 'without'} the server's headers violates no policy and asks the network for nothing`, async () => {
    const site = await serveSite({ headers });
    const browser = await launchChromium();
    try {
      const { page, seen } = await openPage(browser, { viewport: desktop });
      const traffic = await recordTraffic(page);
      await page.goto(site.address);
      await find(page, 'button', word('app.common.open_example'));
      await until(() => page.workers().length > 0, 'the engine runs');
      // What is fetched after the first picture has come when nothing more is asked for during two seconds.
      let [count, since] = [-1, 0];
      await until(() => {
        if (traffic.length !== count) [count, since] = [traffic.length, Date.now()];
        return Date.now() - since > 2000;
      }, 'the page has loaded all its parts');
      const whenLoaded = traffic.length;
      await wholeUse(page);
      assertEqual(traffic.slice(whenLoaded).filter((url) => !/^(blob|data):/.test(url)), [], 'requests after loading, own ones too');
      const own = new URL(site.address).origin;
      const foreign = traffic.filter((url) => !url.startsWith(own) && !/^(blob|data|chrome|about):/.test(url));
      assertEqual(foreign, [], 'requests to other places');
      const first = await page.evaluate(() => performance.timing.loadEventEnd);
      assert(first > 0, 'the page has loaded');
      const kinds = new Set(traffic.filter((url) => url.startsWith(own)).map((url) => url.slice(own.length).split('?')[0]));
      const repeated = traffic.filter((url) => url.startsWith(own)).length - kinds.size;
      assert(repeated <= 1, `own files are asked for once: ${repeated} more`);
      const violations = seen.problems.filter((text) => /Content Security Policy|TrustedScript|Trusted Type|require-trusted/i.test(text));
      assertEqual(violations, [], 'policy violations');
      assertEqual(seen.problems, [], 'errors in the console');
    } finally {
      await browser.close();
      site.stop();
    }
  });
}

test('A page that tries to reach the network is stopped by its own policy', async () => {
  const site = await serveSite({ headers: false });
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser);
    await page.goto(site.address);
    const outcome = await page.evaluate(() => fetch('/policy.txt').then(() => 'answered', () => 'refused'));
    assertEqual(outcome, 'refused', 'fetch from the page');
  } finally {
    await browser.close();
    site.stop();
  }
});
