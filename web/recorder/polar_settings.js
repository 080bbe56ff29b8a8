// What a Polar sensor is told to start its accelerometer, in the bytes of its measurement service (polar-ble-sdk,
// technical documentation). Pure: tested without a radio.

const Command = Object.freeze({ settings: 0x01, start: 0x02, stop: 0x03 });
const accelerometer = 0x02;
const Setting = Object.freeze({ rate: 0, resolution: 1, range: 2, rangeMilli: 3, channels: 4, factor: 5 });
const sizes = [2, 2, 2, 4, 1, 4];  // bytes of one value, by setting
const answer = 0xf0;

export const askSettings = Uint8Array.of(Command.settings, accelerometer);
export const stopAccelerometer = Uint8Array.of(Command.stop, accelerometer);

/** {command, ok} of an answer of the control characteristic, null for anything else. */
export function answerOf(bytes) {
  if (bytes.length < 4 || bytes[0] !== answer || bytes[2] !== accelerometer) return null;
  const already = bytes[3] === 0x06;  // it runs already: as good as started
  return { command: bytes[1], ok: bytes[3] === 0 || (bytes[1] === Command.start && already) };
}

export const isSettings = (found) => found.command === Command.settings;
export const isStart = (found) => found.command === Command.start;

/** Offered values by setting, of an answer to askSettings. What is cut off or unknown ends the list. */
export function offersOf(bytes) {
  const offers = new Map();
  let at = 5;  // answer, command, measurement, status, more
  while (at + 2 <= bytes.length) {
    const setting = bytes[at];
    const count = bytes[at + 1];
    const size = sizes[setting];
    at += 2;
    if (size === undefined || at + count * size > bytes.length) break;
    const values = [];
    for (let i = 0; i < count; i += 1, at += size) {
      let value = 0;
      for (let k = size - 1; k >= 0; k -= 1) value = value * 256 + bytes[at + k];
      values.push(value);
    }
    offers.set(setting, values);
  }
  return offers;
}

/** 200 a second, 8 g, 16 bit; what is not offered gives way to the nearest below, else to the least. */
function pick(values, wanted) {
  if (!values?.length) return wanted;
  const below = values.filter((value) => value <= wanted);
  return below.length ? Math.max(...below) : Math.min(...values);
}

/** Bytes that start the accelerometer; without offers as for a Polar H10. */
export function startAccelerometer(offers = new Map()) {
  const chosen = [
    [Setting.range, pick(offers.get(Setting.range), 8)],
    [Setting.rate, pick(offers.get(Setting.rate), 200)],
    [Setting.resolution, pick(offers.get(Setting.resolution), 16)],
  ];
  const bytes = [Command.start, accelerometer];
  for (const [setting, value] of chosen) bytes.push(setting, 1, value & 0xff, value >> 8);
  if (offers.has(Setting.channels)) bytes.push(Setting.channels, 1, pick(offers.get(Setting.channels), 3));
  return Uint8Array.from(bytes);
}
