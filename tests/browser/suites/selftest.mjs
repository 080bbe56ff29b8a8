// The self-test page: what a phone delivers, measured with the recorder's own sources, by keyboard and screen reader.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { problems } from '../lib/axe.mjs';
import { launchChromium, openPage, phone } from '../lib/chromium.mjs';
import { press, tables } from '../lib/mirror.mjs';
import { shots } from '../lib/recordings.mjs';
import { atRest, virtualSensors } from '../lib/sensors.mjs';
import { serveSite } from '../lib/site.mjs';
import { assert, assertEqual, test, until } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

const label = (key) => word(`web.selftest.${key}`);

for (const dark of [true, false]) {
  test(`The self-test tells what this phone delivers, by keyboard, within the rules of accessibility (${dark ? 'dark' : 'light'})`, async () => {
    const site = await serveSite();
    const browser = await launchChromium();
    try {
      const { page, seen } = await openPage(browser, { viewport: phone, dark });
      const sensors = await virtualSensors(page);
      sensors.play(() => ({ ...atRest, acceleration: [0.3, 0, 9.7] }));
      const answer = await page.goto(`${site.address}selftest`);
      assert(answer.url().endsWith('/selftest/'), 'the address without a slash leads there');
      assertEqual(await problems(page), [], 'before');
      await press(page, label('begin'));
      await until(() => page.$eval('#status', (node, done) => node.textContent === done, label('done')), 'the outcome', 60000);
      assertEqual(await problems(page), [], 'after');
      const found = new Map((await tables(page)).flatMap((table) => table.rows.map(([name, text]) => [`${table.caption} / ${name}`, text])));
      const of = (group, name, sensor) => found.get(`${label(group)}${sensor ? `: ${label(sensor)}` : ''} / ${label(name)}`) ?? '';
      for (const group of ['group_motion', 'group_generic']) {
        const rate = parseFloat(of(group, 'rate', 'acceleration'));
        assert(rate > 25 && rate < 65, `${group}: rate ${rate}`);  // readings are pushed as fast as a busy machine can
        assertEqual(of(group, 'sign'), label('sign_plus'), `${group}: sign`);
        assert(Math.abs(parseFloat(of(group, 'step', 'acceleration')) - 0.1) < 0.001, `${group}: rounding ${of(group, 'step', 'acceleration')}`);
      }
      assertEqual(of('group_motion', 'interval'), '16', 'interval as told');
      assertEqual([of('group_motion', 'permission'), of('group_storage', 'store_file'), of('group_storage', 'store_database')], ['granted', 'yes', 'yes'], 'permission and storage');
      assert(of('group_browser', 'agent').includes('Chrome'), 'browser');
      assertEqual([of('group_browser', 'simd'), of('group_browser', 'webgl').slice(0, 3)], ['yes', 'yes'], 'what the programs need');
      assertEqual(seen.problems, [], 'errors in the console');
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: join(shots, `selftest-phone-${dark ? 'dark' : 'light'}.png`), captureBeyondViewport: false });
    } finally {
      await browser.close();
      site.stop();
    }
  });
}
