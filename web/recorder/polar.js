// Polar H10 and Verity Sense over Web Bluetooth. Notifications go to the recorder's worker as they came, with the time
// they came; the worker's program takes them apart.
import { answerOf, askSettings, isSettings, isStart, offersOf, startAccelerometer, stopAccelerometer } from './polar_settings.js';
import { SensorKind } from './names.js';

const service = 'fb005c80-02e7-f387-1cad-8acd2d8df0c8';
const control = 'fb005c81-02e7-f387-1cad-8acd2d8df0c8';
const data = 'fb005c82-02e7-f387-1cad-8acd2d8df0c8';
const patience = 4000;      // milliseconds for an answer of the sensor
const pause = 3000;         // between two attempts to come back
let lastDevice = null;      // chosen in this visit: need not be chosen again while it is in reach

export class Polar {
  static known() { return 'bluetooth' in navigator; }

  /** `sink`: onBytes(Uint8Array, stamp), onReading(stamp), onState(name of a SensorState). */
  constructor(sink) {
    this.kind = SensorKind.polar;
    this.interval = 0;
    this.sink = sink;
    this.stopped = false;
    this.delivering = false;
    this.onLost = () => this.lost();
    this.onData = (event) => this.hear(event.target.value);
    this.onAnswer = (event) => this.answered(event.target.value);
  }

  async start() {
    if (!Polar.known()) return this.tell('missing');
    // Inside the tap: a chooser opens only there.
    const chosen = lastDevice?.gatt.connected ? Promise.resolve(lastDevice)
      : navigator.bluetooth.requestDevice({ filters: [{ namePrefix: 'Polar' }], optionalServices: [service] });
    this.tell('asking');
    try {
      this.device = await chosen;
    } catch {
      return this.tell('bluetooth-cancelled');
    }
    lastDevice = this.device;
    if (this.stopped) return undefined;
    this.device.addEventListener('gattserverdisconnected', this.onLost);
    return this.connect().catch(() => this.lost());
  }

  async connect() {
    const server = await this.device.gatt.connect();
    const measurement = await server.getPrimaryService(service);
    this.control = await measurement.getCharacteristic(control);
    const values = await measurement.getCharacteristic(data);
    this.control.addEventListener('characteristicvaluechanged', this.onAnswer);
    values.addEventListener('characteristicvaluechanged', this.onData);
    // Both before the first word to the sensor, or its answer is lost.
    await this.control.startNotifications();
    await values.startNotifications();
    const settings = await this.ask(askSettings, isSettings);
    const started = await this.ask(startAccelerometer(settings ? offersOf(settings.bytes) : new Map()), isStart);
    if (started && !started.ok) throw new Error('the sensor refused to start');
    if (this.stopped) this.quiet();
  }

  /** The answer to these bytes, null when none came in time: some firmware answers late and streams all the same. */
  ask(bytes, fits) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.settle(null), patience);
      this.settle = (found) => {
        clearTimeout(timer);
        this.settle = () => {};
        resolve(found);
      };
      this.fits = fits;
      this.control.writeValueWithResponse(bytes).catch((error) => {
        clearTimeout(timer);
        reject(error);
      });
    });
  }

  answered(view) {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
    const found = answerOf(bytes);
    if (found && this.fits?.(found)) this.settle({ ...found, bytes });
  }

  hear(view) {
    const stamp = performance.now();
    if (this.stopped) return;
    if (!this.delivering) {
      this.delivering = true;
      this.tell('delivering');
    }
    this.sink.onReading(stamp);
    this.sink.onBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice(), stamp);
  }

  lost() {
    if (this.stopped) return;
    this.delivering = false;
    this.tell('bluetooth-lost');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.comeBack(), pause);
  }

  comeBack() {
    if (this.stopped || this.device.gatt.connected) return;
    this.connect().catch(() => this.lost());
  }

  /** A silence of a sensor that is still connected: it is told to start once more. */
  restart() {
    if (this.device?.gatt.connected && this.control) this.ask(startAccelerometer(), isStart).catch(() => {});
  }

  quiet() {
    this.control?.writeValueWithResponse(stopAccelerometer).catch(() => {}).finally(() => this.device.gatt.disconnect());
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    this.device?.removeEventListener('gattserverdisconnected', this.onLost);
    if (this.device?.gatt.connected) this.quiet();
  }

  tell(state) {
    if (!this.stopped) this.sink.onState(state);
  }
}
