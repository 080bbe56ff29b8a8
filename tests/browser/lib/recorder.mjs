// The page's recorder without its screens: orders in, news out (src/protocol/recorder.hpp), bytes of the store.
import { until } from './tests.mjs';

/** Listens from now on. `news` grows; order() is given inside a real click, as a tap would. */
export async function recorderOf(page) {
  const news = [];
  await page.exposeFunction('hearNews', (json) => { news.push(JSON.parse(json)); });
  const listen = async () => {
    await until(() => page.evaluate(() => globalThis.klonograph !== undefined && document.getElementById('loading') === null), 'the app is there', 120000);
    await page.evaluate(() => klonograph.listen((json) => globalThis.hearNews(json)));
  };
  await listen();
  return {
    news,
    listen,  // once more, after a reload
    of: (kind) => news.filter((one) => one.kind === kind),
    async order(order) {
      await page.evaluate((json) => {
        document.addEventListener('keydown', (event) => {
          event.stopImmediatePropagation();
          klonograph.order(json);
        }, { capture: true, once: true });
      }, JSON.stringify(order));
      await page.keyboard.press('F8');  // a key is a gesture too, and no screen is in its way
    },
    /** The first news of that kind that fits, from the `from`th news on. */
    heard(kind, fits = () => true, from = 0, milliseconds = 30000) {
      return until(() => news.slice(from).find((one) => one.kind === kind && fits(one)), `news ${kind}`, milliseconds);
    },
    /** Check, then record until `body` is done, then stop; the Saved. */
    async record(id, body, order = {}) {
      await this.order({ kind: 'check-begin', source: 'phone', planned_s: 600 });
      await this.heard('check', (one) => one.rate_hz > 0, this.news.length);
      await this.order({ kind: 'record-begin', id, context: '{}', planned_s: 600, night: false, live_count: false, ...order });
      await this.heard('running', (one) => one.id === id);
      await body();
      await this.order({ kind: 'record-end' });
      return this.heard('saved', (one) => one.id === id);
    },
  };
}

/** Bytes of a recording as the store keeps them. */
export async function storedBytes(page, id) {
  const text = await page.evaluate(async (name) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('recordings');
    const bytes = new Uint8Array(await (await (await folder.getFileHandle(name)).getFile()).arrayBuffer());
    let binary = '';
    for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return btoa(binary);
  }, `${id}.klono`);
  return new Uint8Array(Buffer.from(text, 'base64'));
}
