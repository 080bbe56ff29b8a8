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
    /** Check until that many seconds were seen, then record. */
    async begin(id, order = {}, seconds = 0) {
      await this.order({ kind: 'check-begin', source: 'phone', planned_s: 600 });
      await this.heard('check', (one) => one.rate_hz > 0 && one.seconds >= seconds, this.news.length);
      await this.order({ kind: 'record-begin', id, context: '{}', planned_s: 600, night: false, live_count: false, ...order });
      await this.heard('running', (one) => one.id === id);
    },
    /** Check, then record until `body` is done, then stop; the Saved. */
    async record(id, body, order = {}, seconds = 0) {
      await this.begin(id, order, seconds);
      await body();
      await this.order({ kind: 'record-end' });
      return this.heard('saved', (one) => one.id === id);
    },
  };
}

/** Bytes of the Blob that the expression makes inside the page. `page`: anything with evaluate(expression). */
export async function bytesOf(page, blob) {
  const text = await page.evaluate(`(async () => {
    const blob = await ${blob};
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.split(',')[1] ?? '');
      reader.readAsDataURL(blob);
    });
  })()`);
  return new Uint8Array(Buffer.from(text, 'base64'));
}

const places = {
  file: (id) => `(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('recordings');
    return (await folder.getFileHandle('${id}.klono')).getFile();
  })()`,
  database: (id) => `new Promise((resolve, reject) => {
    const opening = indexedDB.open('klonograph');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const chunks = opening.result.transaction(['chunks']).objectStore('chunks').getAll(IDBKeyRange.bound(['${id}'], ['${id}', []]));
      chunks.onsuccess = () => resolve(new Blob(chunks.result));
      chunks.onerror = () => reject(chunks.error);
    };
  })`,
};

/** Bytes of a recording as the store keeps them, read past the app. */
export const storedBytes = (page, id, store = 'file') => bytesOf(page, places[store](id));

/** Before a copy is asked for: what is handed over stays in the page, as the Blob `copies[0]`. */
export const keepCopies = (page) => page.evaluate(`(() => {
  globalThis.copies = [];
  navigator.canShare = undefined;
  HTMLAnchorElement.prototype.click = () => {};
  URL.createObjectURL = (blob) => { globalThis.copies.push(blob); return 'blob:kept'; };
})()`);
