// Load and list in the other two engines: Firefox and WebKitGTK, under a virtual display.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { Builder, By, Capabilities } from 'selenium-webdriver';
import { serveSite } from '../lib/site.mjs';
import { assert, test, until } from '../lib/tests.mjs';
import { word } from '../lib/words.mjs';

const required = process.env.KLONO_BROWSERS_REQUIRED === '1';

/** WebGL2 of Firefox and WebKitGTK wants an X display with GLX even without a window. */
async function withDisplay(body) {
  const display = `:${90 + Math.floor(Math.random() * 400)}`;
  const server = spawn('Xvfb', [display, '-screen', '0', '1440x900x24', '+extension', 'GLX'], { stdio: 'ignore' });
  try {
    await until(() => existsSync(`/tmp/.X11-unix/X${display.slice(1)}`), 'the display is up');
    return await body(display);
  } finally {
    server.kill();
  }
}

test('Firefox opens the example and lists its events', async () => {
  const executablePath = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find(existsSync);
  if (!executablePath) { assert(!required, 'Firefox is installed'); return console.log('        skipped: no Firefox'); }
  await withDisplay(async (display) => {
    const site = await serveSite();
    const browser = await puppeteer.launch({
      browser: 'firefox', executablePath, headless: true, env: { ...process.env, DISPLAY: display },
      extraPrefsFirefox: { 'webgl.force-enabled': true, 'app.update.enabled': false, 'datareporting.policy.dataSubmissionEnabled': false, 'toolkit.telemetry.enabled': false },
    });
    try {
      const page = await browser.newPage();
      await page.setViewport({ width: 1280, height: 800 });
      await page.goto(site.address);
      const button = await until(async () => page.evaluateHandle((name) => [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === name) ?? null, word('app.common.open_example')).then((handle) => handle.asElement()), 'the example button', 120000);
      await button.evaluate((one) => one.click());
      await until(async () => page.evaluate((name) => [...document.querySelectorAll('button')].some((one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === name), word('app.review.select_n', { n: 1 })), 'the events are listed', 120000);
    } finally {
      await browser.close();
      site.stop();
    }
  });
});

test('WebKitGTK opens the example and lists its events', async () => {
  const program = '/usr/bin/WebKitWebDriver';
  const browserProgram = ['/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser', '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser', '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/MiniBrowser'].find(existsSync);
  if (!existsSync(program) || !browserProgram) { assert(!required, 'WebKitGTK is installed'); return console.log('        skipped: no WebKitGTK'); }
  await withDisplay(async (display) => {
    const site = await serveSite();
    const port = 4400 + Math.floor(Math.random() * 500);
    const driver = spawn(program, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } });
    const capabilities = new Capabilities();
    capabilities.set('browserName', 'MiniBrowser');
    capabilities.set('webkitgtk:browserOptions', { binary: browserProgram, args: ['--automation'] });
    let session;
    try {
      session = await until(async () => new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build().catch(() => null), 'a session', 30000);
      await session.get(site.address);
      const buttonNamed = (name) => session.findElements(By.xpath(`//button[normalize-space(.)="${name}" or @aria-label="${name}"]`)).then((found) => found[0] ?? null);
      const example = await until(() => buttonNamed(word('app.common.open_example')), 'the example button', 120000);
      await session.executeScript('arguments[0].click()', example);
      await until(() => buttonNamed(word('app.review.select_n', { n: 1 })), 'the events are listed', 120000);
    } finally {
      await session?.quit().catch(() => {});
      driver.kill();
      site.stop();
    }
  });
});
