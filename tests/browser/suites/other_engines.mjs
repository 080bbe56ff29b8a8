// Load and list in the other two engines: Firefox and WebKitGTK, under a virtual display.
import { By } from 'selenium-webdriver';
import { withFirefox, withWebKitGtk } from '../lib/engines.mjs';
import { test, until } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

test('Firefox opens the example and lists its events', () => withFirefox(async (page) => {
  const button = await until(async () => page.evaluateHandle((name) => [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === name) ?? null, word('app.common.open_example')).then((handle) => handle.asElement()), 'the example button', 120000);
  await button.evaluate((one) => one.click());
  await until(async () => page.evaluate((name) => [...document.querySelectorAll('button')].some((one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === name), word('app.review.select_n', { n: 1 })), 'the events are listed', 120000);
}));

test('WebKitGTK opens the example and lists its events', () => withWebKitGtk(async (session) => {
  const buttonNamed = (name) => session.findElements(By.xpath(`//button[normalize-space(.)="${name}" or @aria-label="${name}"]`)).then((found) => found[0] ?? null);
  const example = await until(() => buttonNamed(word('app.common.open_example')), 'the example button', 120000);
  await session.executeScript('arguments[0].click()', example);
  await until(() => buttonNamed(word('app.review.select_n', { n: 1 })), 'the events are listed', 120000);
}));
