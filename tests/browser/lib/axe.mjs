// The rules of accessibility that nobody here wrote: axe-core.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a page breaks of them; empty when nothing. */
export async function problems(page) {
  const session = await page.createCDPSession();  // the page's own policy stops injected scripts; the debugger may
  await session.send('Runtime.evaluate', { expression: axe });
  const { result } = await session.send('Runtime.evaluate', {
    expression: 'axe.run(document, {resultTypes: ["violations"]}).then((r) => JSON.stringify(r.violations.map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | "))))',
    awaitPromise: true, returnByValue: true,
  });
  return JSON.parse(result.value);
}
