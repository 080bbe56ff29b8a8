// Chromium as a phone or a desktop, with everything it asks the network for written down.
import puppeteer from 'puppeteer-core';

export const phone = { width: 390, height: 844, deviceScaleFactor: 3, isMobile: true, hasTouch: true };
export const desktop = { width: 1440, height: 900, deviceScaleFactor: 1 };

/** `profile`: a folder that keeps what the browser stores, also after it was killed. */
export async function launchChromium({ profile } = {}) {
  return puppeteer.launch({
    userDataDir: profile,
    executablePath: process.env.KLONO_CHROMIUM ?? '/usr/bin/chromium', headless: true, protocolTimeout: 300000,
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking', '--force-renderer-accessibility'],
  });
}

/** A page with its own storage, as a private window has it; `kept`: with the profile's, in files. `seen` collects
 *  requests, policy violations and errors from the first byte on. */
export async function openPage(browser, { viewport = desktop, dark = true, kept = false } = {}) {
  const context = kept ? browser.defaultBrowserContext() : await browser.createBrowserContext();
  const page = await context.newPage();
  const seen = { requests: [], problems: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' || /Content Security Policy|Trusted/i.test(text)) seen.problems.push(text);
  });
  page.on('pageerror', (error) => seen.problems.push(error.message));
  page.on('workercreated', (worker) => worker.on('error', (error) => seen.problems.push(`worker: ${error}`)));
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  return { page, context, seen };
}

/** Every request of a page and its workers, over the DevTools protocol. */
export async function recordTraffic(page) {
  const urls = [];
  const session = await page.createCDPSession();
  const listen = async (connection) => {
    connection.on('Network.requestWillBeSent', (event) => urls.push(event.request.url));
    connection.on('Network.webSocketCreated', (event) => urls.push(event.url));
    await connection.send('Network.enable').catch(() => {});
  };
  session.on('Target.attachedToTarget', async ({ sessionId }) => {
    const worker = session.connection()?.session(sessionId);
    if (!worker) return;
    await listen(worker);
    await worker.send('Runtime.runIfWaitingForDebugger').catch(() => {});
  });
  await listen(session);
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  return urls;
}
