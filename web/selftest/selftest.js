// The self-test: what this phone really delivers, as text to copy and send. Nothing is sent from here.
import { DeviceMotion } from '../recorder/device_motion.js';
import { GenericSensor } from '../recorder/generic_sensor.js';
import { askPermission } from '../recorder/phone.js';
import { words } from '../words.js';
import { capabilities, yesNo } from './capabilities.js';
import { Collector, figures, signOf } from './measure.js';

const listening = 6000;  // ms for each interface: a few hundred readings
const label = (name) => words[`selftest.${name}`];
const element = (id) => document.getElementById(id);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const number = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : '–');

function say(text) { element('status').textContent = text; }

/** Rows of one interface, or why there are none. */
async function listen(Source) {
  const outcome = { rows: [], lags: [], empty: 0, interval: 0, error: '' };
  if (!Source.known()) return { ...outcome, error: words['selftest.not_known'] };
  const batch = new Collector();
  const source = new Source({
    batch,
    onReading: (stamp) => outcome.lags.push(performance.now() - stamp),
    onEmpty: () => { outcome.empty += 1; },
    onFailure: (name) => { outcome.error = name; },
  });
  source.start();
  await pause(listening);
  source.stop();
  return { ...outcome, rows: batch.rows, interval: source.interval };
}

/** One table a sensor; none where it gave nothing. */
function sensorGroup(caption, found, unit, digits) {
  if (!found) return [];
  return [[caption, [
    [label('readings'), `${found.count}, ${found.axes} ${label('axes')}`],
    [label('rate'), `${number(found.rate, 2)} Hz`],
    [label('jitter'), `${number(found.jitter, 2)} ms, ${label('longest')} ${number(found.longest, 1)} ms`],
    [label('same'), `${number(100 * found.same, 1)} %${found.backward ? `, ${found.backward} ${label('backward')}` : ''}`],
    [label('step'), `${number(found.step, digits)} ${unit}`],
    [label('mean'), `${found.means.map((value) => number(value, 3)).join(', ')} ${unit}`],
    [label('spread'), `${number(found.spread, 4)} ${unit}`],
  ]]];
}

function motionGroups(caption, heard, first = []) {
  if (heard.rows.length === 0) {
    const why = heard.error || `${label('nothing')}${heard.empty ? `, ${heard.empty} ${label('empty')}` : ''}`;
    return [[caption, [...first, [label('readings'), why]]]];
  }
  const sensors = ['acceleration', 'linear', 'rotation'].map((name, i) => [name, figures(heard.rows, 1 + 3 * i)]);
  const acceleration = sensors[0][1];
  const sign = signOf(acceleration);
  const lags = [...heard.lags].sort((a, b) => a - b);
  const whole = [caption, [
    ...first,
    [label('sensors'), sensors.filter(([, found]) => found).map(([name]) => label(name)).join(', ')],
    [label('gravity'), acceleration ? `${number(acceleration.size, 3)} m/s²` : '–'],
    [label('sign'), label(sign > 0 ? 'sign_plus' : sign < 0 ? 'sign_minus' : 'sign_unknown')],
    [label('interval'), heard.interval > 0 ? String(heard.interval) : label('not_told')],
    [label('lag'), `${number(lags[Math.floor(lags.length / 2)] ?? NaN, 1)} ms`],
    ...(heard.error ? [[label('error'), heard.error]] : []),
  ]];
  const units = { acceleration: ['m/s²', 5], linear: ['m/s²', 5], rotation: ['°/s', 4] };
  return [whole, ...sensors.flatMap(([name, found]) => sensorGroup(`${caption}: ${label(name)}`, found, ...units[name]))];
}

function tableOf(caption, lines) {
  const table = document.createElement('table');
  table.createCaption().textContent = caption;
  const body = table.createTBody();
  for (const [name, text] of lines) {
    const row = body.insertRow();
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = name;
    row.append(head);
    row.insertCell().textContent = text;
  }
  return table;
}

const textOf = (groups) => `${words['selftest.heading']}, ${new Date().toISOString()}\n${groups.map(([caption, lines]) => `\n${caption}\n${lines.map(([name, text]) => `  ${name}: ${text}`).join('\n')}\n`).join('')}`;

function show(groups) {
  element('tables').replaceChildren(...groups.map(([caption, lines]) => tableOf(caption, lines)));
  element('outcome').hidden = false;
  const text = textOf(groups);
  element('copy').onclick = () => navigator.clipboard.writeText(text).then(() => say(label('copied')), () => {
    getSelection().selectAllChildren(element('tables'));
    say(label('selected'));
  });
  const files = [new File([text], 'klonograph-self-test.txt', { type: 'text/plain' })];
  element('share').hidden = !navigator.canShare?.({ files });
  element('share').onclick = () => navigator.share({ files }).catch(() => {});
}

async function run() {
  element('begin').disabled = true;
  const answer = askPermission();  // inside the tap
  const others = capabilities();
  say(label('waiting'));
  const permission = await answer;
  say(label('listening'));
  const motion = await listen(DeviceMotion);
  const generic = await listen(GenericSensor);
  const { browser, storage } = await others;
  show([
    ...motionGroups(label('group_motion'), motion, [[label('permission'), permission]]),
    ...motionGroups(label('group_generic'), generic),
    [label('group_storage'), storage],
    [label('group_browser'), browser],
  ]);
  element('begin').disabled = false;
  say(label('done'));
}

function followTheme() {
  try {
    const theme = localStorage.getItem('klonograph.theme');
    if (theme) document.documentElement.dataset.theme = theme;
  } catch {
    // storage is refused: the system's theme
  }
}

followTheme();
element('begin').addEventListener('click', run);
