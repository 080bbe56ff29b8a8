// The phone's own sensor: permission inside the tap, then the better of two interfaces, then what came of it.
import { DeviceMotion } from './device_motion.js';
import { GenericSensor } from './generic_sensor.js';

const patience = 2000;  // milliseconds without a reading until that is said

/** The browser's answer in its own word; 'not asked' where it does not want to be asked. Call it inside the tap. */
export async function askPermission() {
  if (typeof globalThis.DeviceMotionEvent?.requestPermission !== 'function') return 'not asked';
  try {
    return await DeviceMotionEvent.requestPermission();
  } catch (error) {
    return error.name;  // NotAllowedError: outside a tap, or refused before
  }
}

/** Anything but 'granted' is a refusal; some browsers answer 'prompt' when their question is put aside. */
const allows = (answer) => answer === 'granted' || answer === 'not asked';

export class Phone {
  /** `sink`: batch, onReading(stamp), onState(name of a SensorState). */
  constructor(sink) {
    this.sink = sink;
    this.source = null;
    this.delivering = false;
    this.sawEmpty = false;
    this.stopped = false;
  }

  get kind() { return this.source?.kind ?? 0; }
  get interval() { return this.source?.interval ?? 0; }

  async start() {
    const asked = askPermission();  // before anything is awaited: still inside the tap
    if (!GenericSensor.known() && !DeviceMotion.known()) return this.tell('missing');
    this.tell('asking');
    if (!allows(await asked)) return this.tell('refused');
    if (this.stopped) return undefined;
    return GenericSensor.known() ? this.tryGeneric() : this.tryMotion();
  }

  stop() {
    this.stopped = true;
    this.leave();
  }

  restart() { this.source?.restart(); }

  tell(state) {
    if (!this.stopped) this.sink.onState(state);
  }

  leave() {
    clearTimeout(this.timer);
    this.source?.stop();
    this.source = null;
  }

  listen(source, onPatienceOver) {
    this.leave();
    this.source = source;
    this.delivering = false;
    this.timer = setTimeout(onPatienceOver, patience);
    source.start();
  }

  heard(stamp) {
    if (!this.delivering) {
      this.delivering = true;
      clearTimeout(this.timer);
      this.tell('delivering');
    }
    this.sink.onReading(stamp);
  }

  tryGeneric() {
    const { batch } = this.sink;
    const other = (name) => {
      if (this.stopped || this.delivering) return;
      if (DeviceMotion.known()) this.tryMotion();
      else this.tell(name === 'NotAllowedError' ? 'refused' : 'missing');
    };
    // Not from within start(): a constructor that fails would leave the next source to be stopped by this one.
    const onFailure = (name) => setTimeout(() => other(name), 0);
    this.listen(new GenericSensor({ batch, onReading: (stamp) => this.heard(stamp), onFailure }), () => {
      this.tellSilence();  // said now; the other interface may still prove it wrong
      other('silent');
    });
  }

  tryMotion() {
    const { batch } = this.sink;
    const source = new DeviceMotion({ batch, onReading: (stamp) => this.heard(stamp), onEmpty: () => { this.sawEmpty = true; } });
    this.listen(source, () => this.tellSilence());
  }

  /** A device that is no phone has no sensor to be silent; browsers say so by one empty event, or not at all. */
  tellSilence() { this.tell(this.sawEmpty || navigator.maxTouchPoints === 0 ? 'missing' : 'silent'); }
}
