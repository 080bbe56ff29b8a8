// Reads the file of a recording made here, written from its description (src/formats/journal.hpp), not from its code.

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const names = { 1: 'header', 2: 'anchor', 3: 'readings', 4: 'gap', 5: 'mark', 6: 'block', 7: 'sign', 8: 'end' };
export const reasons = ['missing', 'restart', 'held', 'invalid', 'hidden', 'frozen', 'silent', 'paused'];

class Cursor {
  constructor(bytes) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }
  take(method, size) {
    const value = this.view[method](this.at, true);
    this.at += size;
    return value;
  }
  u8() { return this.take('getUint8', 1); }
  i8() { return this.take('getInt8', 1); }
  i16() { return this.take('getInt16', 2); }
  u32() { return this.take('getUint32', 4); }
  i32() { return this.take('getInt32', 4); }
  i64() { return Number(this.take('getBigInt64', 8)); }
  f32() { return this.take('getFloat32', 4); }
  f64() { return this.take('getFloat64', 8); }
  text() {
    const length = this.u32();
    const text = new TextDecoder().decode(new Uint8Array(this.view.buffer, this.view.byteOffset + this.at, length));
    this.at += length;
    return text;
  }
}

function column(cursor, count) {
  const coding = cursor.u8();
  const count16 = (unit) => { const n = cursor.i16(); return n === -32768 ? NaN : n * unit; };
  return Array.from({ length: count }, () => {
    if (coding === 0) return NaN;
    if (coding === 1) return count16(0.1);
    return coding === 2 ? cursor.f32() : count16(9.80665e-3);
  });
}

function readings(cursor) {
  const count = cursor.u32();
  const counted = cursor.u8() === 1;
  const first = counted && count > 0 ? cursor.i64() : 0;
  const stamps = Array.from({ length: count }, (_, i) => (counted ? (i === 0 ? first : first + cursor.i32()) / 1000 : cursor.f64()));
  const columns = Array.from({ length: 9 }, () => column(cursor, count));
  return stamps.map((stamp, i) => ({ stamp, acceleration: [0, 1, 2].map((k) => columns[k][i]), linear: [3, 4, 5].map((k) => columns[k][i]), rotation: [6, 7, 8].map((k) => columns[k][i]) }));
}

const bodies = {
  header: (c) => ({ sensor: c.u8(), planned: c.f64(), interval: c.f64(), id: c.text(), context: c.text(), version: c.text() }),
  anchor: (c) => ({ stamp: c.f64(), unix: c.i64(), offset: c.i32() }),
  readings: (c) => ({ readings: readings(c) }),
  gap: (c) => ({ begin: c.f64(), end: c.f64(), reason: reasons[c.u8()] }),
  mark: (c) => ({ number: c.u32(), stamp: c.f64(), strength: c.i8(), takenBack: c.u8() !== 0 }),
  block: (c) => ({ stamp: c.f64(), task: c.u8(), end: c.u8() !== 0 }),
  sign: (c) => ({ sign: c.i8() }),
  end: (c) => ({ stamp: c.f64() }),
};

/** {frames, torn}: whole frames with a right check sum, in order; bytes left over at the end. Throws on damage. */
export function parseJournal(bytes) {
  const head = new TextDecoder().decode(bytes.subarray(0, 8));
  if (head !== 'KLONOJ1\n') throw new Error(`no journal: ${JSON.stringify(head)}`);
  const frames = [];
  let at = 8;
  while (at + 17 <= bytes.length) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at);
    if (new TextDecoder().decode(bytes.subarray(at, at + 4)) !== 'KLJF') throw new Error(`no frame at ${at}`);
    const length = view.getUint32(4, true);
    const size = 4 + 4 + 1 + 4 + length + 4;
    if (at + size > bytes.length) break;
    if (crc32(bytes.subarray(at + 8, at + size - 4)) !== view.getUint32(size - 4, true)) throw new Error(`wrong check sum at ${at}`);
    const type = names[view.getUint8(8)];
    const sequence = view.getUint32(9, true);
    if (sequence !== frames.length) throw new Error(`frame ${frames.length} says it is number ${sequence}`);
    frames.push({ type, ...bodies[type](new Cursor(bytes.subarray(at + 13, at + size - 4))) });
    at += size;
  }
  return { frames, torn: bytes.length - at };
}

export const ofType = (journal, type) => journal.frames.filter((frame) => frame.type === type);
export const allReadings = (journal) => ofType(journal, 'readings').flatMap((frame) => frame.readings);
