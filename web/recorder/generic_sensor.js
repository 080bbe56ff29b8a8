// The better source where it exists (Chromium): the Generic Sensor API gives each reading once, with the time of the
// reading itself. Each sensor has its own events.
import { SensorKind } from './names.js';

const frequency = 60;  // what browsers give at most
const degrees = 180 / Math.PI;

export class GenericSensor {
  static known() { return 'Accelerometer' in globalThis; }

  /** `sink`: batch, onReading(stamp), onFailure(name of the error). */
  constructor(sink) {
    this.kind = SensorKind.genericSensor;
    this.interval = 0;  // this interface tells none
    this.sink = sink;
    this.sensors = [];
  }

  start() {
    const { batch, onReading } = this.sink;
    this.open('Accelerometer', (sensor, stamp) => {
      onReading(stamp);  // first: a gap that ends here goes ahead of what follows it
      batch.add(stamp, sensor.x, sensor.y, sensor.z, NaN, NaN, NaN, NaN, NaN, NaN);
    });
    this.open('LinearAccelerationSensor', (sensor, stamp) => {
      batch.add(stamp, NaN, NaN, NaN, sensor.x, sensor.y, sensor.z, NaN, NaN, NaN);
    });
    this.open('Gyroscope', (sensor, stamp) => {
      batch.add(stamp, NaN, NaN, NaN, NaN, NaN, NaN, sensor.x * degrees, sensor.y * degrees, sensor.z * degrees);
    });
  }

  /** Without an accelerometer there is nothing to record; the others may be missing. */
  open(name, hear) {
    const failed = (error) => {
      if (name === 'Accelerometer') this.sink.onFailure(error?.name ?? 'UnknownError');
    };
    try {
      const sensor = new globalThis[name]({ frequency });
      sensor.onreading = () => {
        if (sensor.timestamp !== null) hear(sensor, sensor.timestamp);
      };
      sensor.onerror = (event) => failed(event.error);
      sensor.start();
      this.sensors.push(sensor);
    } catch (error) {
      failed(error);
    }
  }

  stop() {
    for (const sensor of this.sensors.splice(0)) {
      sensor.onreading = null;
      sensor.onerror = null;
      sensor.stop();
    }
  }

  restart() {
    this.stop();
    this.start();
  }
}
