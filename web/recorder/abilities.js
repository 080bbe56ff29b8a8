// What this browser can do, as the app wants to know it (protocol::recorder::Abilities).
import { DeviceMotion } from './device_motion.js';
import { GenericSensor } from './generic_sensor.js';
import { Polar } from './polar.js';
import { WakeLock } from './wake_lock.js';

/** Home-screen apps of iOS before 18.4 cannot hold the screen awake (WebKit bug 254545). */
export function homeScreenTooOld(standalone, userAgent) {
  const version = userAgent.match(/OS (\d+)_(\d+)/);
  if (!standalone || !version) return false;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  return major < 18 || (major === 18 && minor < 4);
}

/** Until the worker has tried: what the browser says it has. */
function likelyStore() {
  if (navigator.storage?.getDirectory) return 'file';
  return globalThis.indexedDB ? 'database' : 'memory';
}

export class Abilities {
  /** `onChange(abilities)` at once and after every change. */
  constructor(onChange) {
    this.onChange = onChange;
    this.now = {
      kind: 'abilities',
      motion: false,
      bluetooth: false,
      wake_lock: WakeLock.known(),
      vibration: 'vibrate' in navigator,
      home_screen_too_old: homeScreenTooOld(navigator.standalone === true, navigator.userAgent),
      store: likelyStore(),
      free_bytes: -1,
      charging_known: false,
      charging: false,
      battery: -1,
    };
    this.refresh();
    this.watchBattery();
  }

  change(fields) {
    const news = { ...this.now, ...fields };
    if (JSON.stringify(news) === this.told) return;
    this.now = news;
    this.told = JSON.stringify(news);
    this.onChange(news);
  }

  /** What may change without an event. */
  refresh() {
    this.change({ motion: DeviceMotion.known() || GenericSensor.known() });
    if (Polar.known()) navigator.bluetooth.getAvailability?.().then((bluetooth) => this.change({ bluetooth }), () => {});
    navigator.storage?.estimate?.().then(({ quota, usage }) => {
      if (quota > 0) this.change({ free_bytes: Math.max(0, quota - usage) });
    }, () => {});
  }

  setStore(store) { this.change({ store }); }

  async watchBattery() {
    const battery = await navigator.getBattery?.().catch(() => null);
    if (!battery) return;
    const tell = () => this.change({ charging_known: true, charging: battery.charging, battery: battery.level });
    battery.addEventListener('chargingchange', tell);
    battery.addEventListener('levelchange', tell);
    tell();
  }
}
