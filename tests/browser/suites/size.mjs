// First load: compressed size against its budget, and the time until a tap on Open is answered, printed.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { launchChromium, openPage, phone } from '../lib/chromium.mjs';
import { find } from '../lib/mirror.mjs';
import { serveSite, siteFolder } from '../lib/site.mjs';
import { assert, test } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

const kBudget = 1.5e6;
const loaded = /\.(html|js|css|svg|png|ico|webmanifest)$/;

function filesOf(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : [path];
  });
}

test('All that a first visit loads stays within 1.5 MB compressed', () => {
  let total = 0;
  let zipped = 0;
  for (const path of filesOf(siteFolder).filter((name) => loaded.test(name))) {
    const bytes = readFileSync(path);
    const small = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
    total += small;
    zipped += gzipSync(bytes, { level: 9 }).length;
    console.log(`        ${path.slice(siteFolder.length + 1)}: ${bytes.length} bytes, ${small} compressed`);
  }
  console.log(`        first load: ${total} bytes with brotli, ${zipped} with gzip`);
  assert(total <= kBudget, `${total} bytes`);
});

test('The time until Open answers on a slow phone is measured', async () => {
  const site = await serveSite();
  const browser = await launchChromium();
  try {
    for (const [name, megabits] of [['10 Mbit/s', 10], ['1.6 Mbit/s', 1.6]]) {
      const { page } = await openPage(browser, { viewport: phone });
      const session = await page.createCDPSession();
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', { offline: false, latency: 40, downloadThroughput: megabits * 125000, uploadThroughput: megabits * 125000 });
      await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      const begun = Date.now();
      await page.goto(site.address);
      await find(page, 'button', word('app.common.open_file'), 120000);
      console.log(`        ${name}, 40 ms, processor 4 times slower: Open can be tapped after ${((Date.now() - begun) / 1000).toFixed(2)} s (gzip)`);
      await page.close();
    }
  } finally {
    await browser.close();
    site.stop();
  }
});
