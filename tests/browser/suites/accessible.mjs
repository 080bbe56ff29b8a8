// Judged by rules that nobody here wrote: axe-core on the page in its states and on the page to hand over.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { problems } from '../lib/axe.mjs';
import { launchChromium, openPage } from '../lib/chromium.mjs';
import { find, press } from '../lib/mirror.mjs';
import { cli, madeRecording, run, scratch } from '../lib/recordings.mjs';
import { serveSite } from '../lib/site.mjs';
import { assertEqual, test } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

test('Every screen of the page satisfies the accessibility rules', async () => {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    const { page } = await openPage(browser);
    await page.setBypassCSP(true);
    await page.goto(site.address);
    await find(page, 'button', word('app.common.open_example'));
    assertEqual(await problems(page), [], 'library');
    await press(page, word('app.common.open_example'));
    await find(page, 'button', word('app.review.select_n', { n: 1 }));
    assertEqual(await problems(page), [], 'review');
    for (const screen of ['settings', 'help', 'report', 'patterns']) {
      await press(page, word(`app.nav.${screen}`));
      assertEqual(await problems(page), [], screen);
    }
  } finally {
    await browser.close();
    site.stop();
  }
});

test('The page to hand over satisfies the accessibility rules', async () => {
  const path = join(scratch, 'summary.html');
  run(cli, 'analyze', madeRecording(), '--report', path);
  writeFileSync(`${path}.seen`, '');
  const browser = await launchChromium();
  try {
    const { page, seen } = await openPage(browser);
    await page.goto(pathToFileURL(path).href);
    assertEqual(await problems(page), [], 'summary');
    assertEqual(seen.requests.filter((url) => !url.startsWith('file:')), [], 'requests of the summary');
  } finally {
    await browser.close();
  }
});
