// Drives the built site in real browsers. usage: node run.mjs; KLONO_BROWSER_ONLY=words picks tests.
// KLONO_SITE the built site, KLONO_CLI the native program, KLONO_WEB_BUILD the web build folder.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { siteFolder } from './lib/site.mjs';
import { runAll } from './lib/tests.mjs';

if (!existsSync(join(siteFolder, 'index.html'))) {
  console.log(`FAILED  there is no site in ${siteFolder}; build it first\n0 passed, 1 failed`);
  process.exit(1);
}
for (const suite of ['private', 'review', 'emg', 'recorder_parts', 'recorder', 'record', 'recorder_loss', 'selftest', 'same_events', 'touch', 'accessible', 'size', 'week', 'other_engines'])
  await import(`./suites/${suite}.mjs`);
process.exit((await runAll()) ? 1 : 0);
