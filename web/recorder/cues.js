// Short signs in a guided test: a vibration and, if wanted, a tone.

let context = null;  // made inside a tap, or it stays silent

export function prepareSound() {
  if (!globalThis.AudioContext) return;
  context ??= new AudioContext();
  context.resume().catch(() => {});
}

function tone(seconds) {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  const begin = context.currentTime;
  oscillator.frequency.value = 660;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(0.2, begin + 0.02);  // no click
  volume.gain.setValueAtTime(0.2, begin + seconds - 0.05);
  volume.gain.linearRampToValueAtTime(0, begin + seconds);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + seconds);
}

export function cue({ sound = false, long_one: long = false }) {
  navigator.vibrate?.(long ? 400 : 120);
  if (!sound) return;
  prepareSound();
  if (context) tone(long ? 0.5 : 0.18);
}

/** No sound device is kept busy after a recording. */
export function endSound() {
  context?.suspend().catch(() => {});
}
