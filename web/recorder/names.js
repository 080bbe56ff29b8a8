// Numbers that the recorder's program knows (src/formats/journal.hpp, src/signal/recording.hpp). Names of orders and
// news are those of src/protocol/recorder.hpp.

export const SensorKind = Object.freeze({ deviceMotion: 0, genericSensor: 1, polar: 2 });
export const GapReason = Object.freeze({ hidden: 4, frozen: 5, silent: 6 });

/** One reading: stamp in ms, acceleration with gravity and without in m/s², rotation in degrees a second. */
export const rowLength = 10;
