// The Record screens as a person without eyes uses them: buttons by name, from the place to the saved page.
import { find, heading, press } from './mirror.mjs';
import { until } from './tests.mjs';
import { word } from './words.mjs';

export const enabled = (page, command) => page.$eval(`[data-command="${command}"]`, (button) => !button.disabled).catch(() => false);

/** From any screen to the signal check, with readings coming. */
export async function toCheck(page, { place = 'Left ankle', activity = 'at_rest', asks = true } = {}) {
  await press(page, word('app.nav.record'));
  await press(page, place);
  await press(page, word('record.continue'));
  await press(page, word(`record.activity.${activity}`));
  await press(page, word('record.continue'));
  await until(async () => (await heading(page)) === word('record.check_heading'), 'the signal check');
  if (asks) await press(page, word('record.check_begin'));
}

export async function begin(page) {
  await until(() => enabled(page, 'record start'), 'recording can start');
  await press(page, word('record.start'));
  await find(page, 'button', word('record.stop'));
}

/** Stops and waits until the events are found. */
export async function stop(page) {
  await press(page, word('record.stop'));
  await until(() => enabled(page, 'record review'), 'the events are found', 120000);
}

/** News of the recorder from now on, as the app hears them. */
export async function newsOf(page) {
  const news = [];
  await page.exposeFunction('hearRecordNews', (json) => { news.push(JSON.parse(json)); });
  await page.evaluate(() => klonograph.listen((json) => globalThis.hearRecordNews(json)));
  return news;
}
