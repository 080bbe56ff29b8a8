// The two other engines, Firefox and WebKitGTK, under a virtual display, with the site served.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { Builder, Capabilities } from 'selenium-webdriver';
import { serveSite } from './site.mjs';
import { assert, until } from './tests.mjs';

const required = process.env.KLONO_BROWSERS_REQUIRED === '1';

/** WebGL2 of both wants an X display with GLX even without a window. */
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

function skipped(name) {
  assert(!required, `${name} is installed`);
  console.log(`        skipped: no ${name}`);
}

/** `body(page)`: the site is open in it. */
export async function withFirefox(body) {
  const executablePath = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find(existsSync);
  if (!executablePath) return skipped('Firefox');
  return withDisplay(async (display) => {
    const site = await serveSite();
    const browser = await puppeteer.launch({
      browser: 'firefox', executablePath, headless: true, env: { ...process.env, DISPLAY: display },
      extraPrefsFirefox: { 'webgl.force-enabled': true, 'app.update.enabled': false, 'datareporting.policy.dataSubmissionEnabled': false, 'toolkit.telemetry.enabled': false },
    });
    try {
      const page = await browser.newPage();
      await page.setViewport({ width: 1280, height: 800 });
      await page.goto(site.address);
      await body(page);
    } finally {
      await browser.close();
      site.stop();
    }
  });
}

/** `body(session)`: the site is open in it. */
export async function withWebKitGtk(body) {
  const program = '/usr/bin/WebKitWebDriver';
  const binary = ['/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser', '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser', '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/MiniBrowser'].find(existsSync);
  if (!existsSync(program) || !binary) return skipped('WebKitGTK');
  return withDisplay(async (display) => {
    const site = await serveSite();
    const port = 4400 + Math.floor(Math.random() * 500);
    const driver = spawn(program, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } });
    const capabilities = new Capabilities();
    capabilities.set('browserName', 'MiniBrowser');
    capabilities.set('webkitgtk:browserOptions', { binary, args: ['--automation'] });
    let session;
    try {
      session = await until(async () => new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build().catch(() => null), 'a session', 30000);
      await session.get(site.address);
      await body(session);
    } finally {
      await session?.quit().catch(() => {});
      driver.kill();
      site.stop();
    }
  });
}
