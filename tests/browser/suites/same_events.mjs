// The same file gives the same events natively, as WebAssembly under Node, and in the page.
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { launchChromium, openPage } from '../lib/chromium.mjs';
import { find, press } from '../lib/mirror.mjs';
import { cli, madeRecording, realRecording, run, scratch, webBuild } from '../lib/recordings.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, assertEqual, test, until } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

const kFigures = ['onset_s', 'duration_s', 'peak_g', 'rise_s', 'dominant_hz', 'confidence', 'above_floor'];

function assertSame(got, expected, where) {
  for (const list of ['events', 'not_counted']) {
    assertEqual(got[list].length, expected[list].length, `${where}: number of ${list}`);
    expected[list].forEach((event, i) => {
      assertEqual(got[list][i].class, event.class, `${where}: class of ${list} ${i}`);
      assertEqual(got[list][i].group, event.group, `${where}: group of ${list} ${i}`);
      for (const figure of kFigures) {
        if (typeof event[figure] !== 'number') continue;
        const difference = Math.abs(got[list][i][figure] - event[figure]);
        assert(difference <= 1e-5 * Math.max(1, Math.abs(event[figure])), `${where}: ${figure} of ${list} ${i}: ${got[list][i][figure]}, ${event[figure]}`);
      }
    });
  }
  const difference = Math.abs(got.recording.analysable_s - expected.recording.analysable_s);
  assert(difference < 1e-3, `${where}: analysable time`);
}

async function analysisFromPage(path) {
  const site = await serveSite();
  const browser = await launchChromium();
  const folder = mkdtempSync(join(scratch, 'saved-'));
  try {
    const { page } = await openPage(browser);
    const session = await browser.target().createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder, browserContextId: page.browserContext().id });
    await page.goto(site.address);
    await find(page, 'button', word('app.common.open_example'));
    await (await page.$('input[type=file]')).uploadFile(path);
    await press(page, word('app.review.save_analysis'));
    const name = await until(() => readdirSync(folder).find((file) => file.endsWith('.json')), 'the analysis is saved');
    return await until(() => {
      try { return JSON.parse(readFileSync(join(folder, name), 'utf8')); } catch { return null; }
    }, 'the saved analysis is whole');
  } finally {
    await browser.close();
    site.stop();
  }
}

const recordings = [madeRecording(), realRecording('sensorlogger/eth_android_2023-03-17/TotalAcceleration.csv'),
  realRecording('phyphox/deadreckoning_Accelerometer.csv')].filter(Boolean);
for (const path of recordings) {
  test(`${basename(path)} gives the same events natively, under Node and in the page`, async () => {
    const native = JSON.parse(run(cli, 'analyze', path, '--json'));
    const underNode = join(webBuild, 'src/cli/klonograph.js');
    assert(existsSync(underNode), `${underNode} is built`);
    assertSame(JSON.parse(run(process.execPath, underNode, 'analyze', path, '--json')), native, 'under Node');
    assertSame(await analysisFromPage(path), native, 'in the page');
    console.log(`        ${native.events.length} events, ${native.not_counted.length} not counted`);
  });
}
