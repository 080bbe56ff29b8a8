// Uses the page as a screen reader does: names and roles, nothing else.
import { until } from './tests.mjs';

/** The accessible element of that role and name, once it is there. */
export async function find(page, role, name, milliseconds = 60000) {
  const selector = `aria/${name}[role="${role}"]`;
  return until(async () => page.$(selector), `${role} "${name}"`, milliseconds);
}

/** Presses a button by its accessible name, with the keyboard. */
export async function press(page, name) {
  const button = await find(page, 'button', name);
  await button.focus();
  await page.keyboard.press('Enter');
  await button.dispose();
}

/** The live sentence that tells what just happened. */
export async function status(page) {
  return page.$eval('[role="status"]', (node) => node.textContent.trim());
}

/** All tables of the mirror as arrays of rows of cell texts, by caption. */
export async function tables(page) {
  return page.$$eval('table', (nodes) => nodes.map((table) => ({
    caption: table.caption?.textContent.trim() ?? '',
    columns: [...table.querySelectorAll('thead th')].map((cell) => cell.textContent.trim()),
    rows: [...table.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td, th')].map((cell) => cell.textContent.trim())),
  })));
}

export async function heading(page) {
  return page.$eval('h1', (node) => node.textContent.trim()).catch(() => '');
}

export async function textOf(page) {
  return page.$eval('body', (node) => node.textContent);
}
