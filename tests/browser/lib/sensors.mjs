// A phone's motion sensors in Chromium, over the DevTools protocol: the page hears real events with the browser's own
// rounding and its 60 Hz. And what can go wrong with them.

export const atRest = { acceleration: [0, 0, 9.81], linear: [0, 0, 0], rotation: [0, 0, 0] };
const types = { acceleration: 'accelerometer', linear: 'linear-acceleration', rotation: 'gyroscope' };
const radians = Math.PI / 180;

/** Sensors for one page; call it before the page is loaded, or it hears one empty event and then nothing.
 *  `has` names those that are there. */
export async function virtualSensors(page, { has = ['acceleration', 'linear', 'rotation'] } = {}) {
  const session = await page.createCDPSession();
  const enable = async (name, available, enabled = true) => session.send('Emulation.setSensorOverrideEnabled', { enabled, type: types[name], ...(enabled ? { metadata: { available, minimumFrequency: 1, maximumFrequency: 60 } } : {}) });
  const set = (name, [x, y, z]) => session.send('Emulation.setSensorOverrideReadings', { type: types[name], reading: { xyz: { x, y, z } } });
  /** Rotation in degrees a second, as the page will say it. */
  const put = (reading) => Promise.all(has.map((name) => set(name, name === 'rotation' ? reading.rotation.map((value) => value * radians) : reading[name])));
  for (const name of Object.keys(types)) await enable(name, has.includes(name));
  await put(atRest);
  let running = null;
  return {
    put,
    /** Follows `motion(seconds)` by the wall clock until stop(); values tremble by the rounding step, as a hand would,
     *  since a sensor that says the same twice gives no event. Returns the wall clock of second 0. */
    play(motion, { hz = 60, tremble = 0.1 } = {}) {
      this.stop();
      const begun = Date.now();
      let last = -1;
      running = setInterval(() => {
        const n = Math.floor((Date.now() - begun) * hz / 1000);
        if (n === last) return;
        last = n;
        const reading = motion(n / hz);
        const shake = (values, size) => values.map((value, i) => value + (i === 0 && n % 2 === 0 ? size : 0));
        put({ acceleration: shake(reading.acceleration, tremble), linear: shake(reading.linear, tremble), rotation: shake(reading.rotation, tremble) }).catch(() => {});
      }, 1000 / hz / 4);
      return begun;
    },
    /** No new readings. The Generic Sensor interface falls silent; devicemotion goes on saying the last one. */
    stop() {
      clearInterval(running);
      running = null;
    },
    /** The sensors are gone. */
    async lose() {
      this.stop();
      for (const name of has) await enable(name, false, false);
    },
  };
}

/** Still, lying on its back, with a half sine of `g` (in g) and `length` s along z at each of `times`. */
export function twitches(times, { g = 0.3, length = 0.2 } = {}) {
  return (t) => {
    const onset = times.find((time) => t >= time && t < time + length);
    const push = onset === undefined ? 0 : 9.81 * g * Math.sin((Math.PI * (t - onset)) / length);
    return { acceleration: [0, 0, 9.81 + push], linear: [0, 0, push], rotation: [push * 4, 0, 0] };
  };
}

/** Another tab comes to the front; what is returned brings the page back. */
export async function hide(page) {
  const other = await page.browserContext().newPage();
  await other.bringToFront();
  return async () => {
    await page.bringToFront();
    await other.close();
  };
}

/** The browser's answer to the question for motion: 'granted', 'denied', 'prompt', or an error by its name. */
export function answerPermission(page, answer) {
  return page.evaluateOnNewDocument((given) => {
    globalThis.askedInside = [];
    DeviceMotionEvent.requestPermission = () => {
      globalThis.askedInside.push(navigator.userActivation?.isActive === true);
      return /Error$/.test(given) ? Promise.reject(new DOMException('no', given)) : Promise.resolve(given);
    };
  }, answer);
}

/** Writes down in `heard` what each of the page's sensors says, beside the page itself: the clock when it was heard, its
 *  own stamp, three axes; in m/s² and degrees a second. And in `seen` when the page was hidden and shown. */
export function witness(page) {
  return page.evaluateOnNewDocument(() => {
    globalThis.heard = { acceleration: [], linear: [], rotation: [] };
    globalThis.seen = [];
    document.addEventListener('visibilitychange', () => globalThis.seen.push([document.visibilityState, performance.now()]));
    const note = (name, stamp, axes, unit = 1) => globalThis.heard[name].push([performance.now(), stamp, ...axes.map((value) => value * unit)]);
    const beside = (type, name, unit) => {
      const Real = globalThis[type];
      if (!Real) return;
      globalThis[type] = class extends Real {
        constructor(options) {
          super(options);
          this.addEventListener('reading', () => note(name, this.timestamp, [this.x, this.y, this.z], unit));
        }
      };
    };
    beside('Accelerometer', 'acceleration');
    beside('LinearAccelerationSensor', 'linear');
    beside('Gyroscope', 'rotation', 180 / Math.PI);
    // Not before the page listens itself: a listener that is there before the sensor hears one empty event.
    const listen = globalThis.addEventListener.bind(globalThis);
    const noteMotion = ({ timeStamp, accelerationIncludingGravity: a, acceleration: l, rotationRate: r }) => {
      if (typeof a?.x === 'number') note('acceleration', timeStamp, [a.x, a.y, a.z]);
      if (typeof l?.x === 'number') note('linear', timeStamp, [l.x, l.y, l.z]);
      if (typeof r?.alpha === 'number') note('rotation', timeStamp, [r.alpha, r.beta, r.gamma]);
    };
    globalThis.addEventListener = (type, ...rest) => {
      if (type === 'devicemotion') listen(type, noteMotion);  // the same one twice is one
      listen(type, ...rest);
    };
  });
}

/** Motion events made in the page, many more than a sensor gives, until the page goes: they fill a store in seconds. */
export function flood(page, each16ms = 64) {
  return page.evaluate((count) => {
    const axes = () => ({ x: Math.random(), y: Math.random(), z: 9 + Math.random() });
    const turns = () => ({ alpha: Math.random(), beta: Math.random(), gamma: Math.random() });
    setInterval(() => {
      for (let i = 0; i < count; i += 1) globalThis.dispatchEvent(new DeviceMotionEvent('devicemotion', { accelerationIncludingGravity: axes(), acceleration: axes(), rotationRate: turns(), interval: 16 }));
    }, 16);
  }, each16ms);
}

/** Browsers without the Generic Sensor interface: all but Chromium. */
export function withoutGenericSensors(page) {
  return page.evaluateOnNewDocument(() => {
    for (const name of ['Accelerometer', 'LinearAccelerationSensor', 'Gyroscope']) delete globalThis[name];
  });
}

/** Browsers without motion at all. */
export function withoutMotion(page) {
  return page.evaluateOnNewDocument(() => {
    for (const name of ['Accelerometer', 'LinearAccelerationSensor', 'Gyroscope', 'DeviceMotionEvent']) delete globalThis[name];
  });
}
