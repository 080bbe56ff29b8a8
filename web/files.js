// Files in and out. A file stays where it is: the engine reads it by its handle, slice by slice.

export class Files {
  /** `onFile(source, file)` hears of each chosen or dropped file, `onHover(inside)` of files held over the window. */
  constructor(engine, onFile, onHover) {
    this.engine = engine;
    this.onFile = onFile;
    this.onHover = onHover;
    this.lastSource = 0;
    this.input = document.getElementById('file-input');
    this.input.addEventListener('change', () => {
      this.take(this.input.files);
      this.input.value = '';  // so that the same file can be chosen again
    });
    this.listenToDrops();
  }

  choose() { this.input.click(); }

  take(files) {
    for (const file of files) this.onFile(this.register(file), file);
  }

  /** The handle by which the engine reads a file from now on. */
  register(file) {
    this.lastSource += 1;
    this.engine.addFile(this.lastSource, file);
    return this.lastSource;
  }

  listenToDrops() {
    let depth = 0;
    const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
    const on = (type, handle) => window.addEventListener(type, (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      handle(event);
    });
    on('dragenter', () => { depth += 1; if (depth === 1) this.onHover(true); });
    on('dragleave', () => { depth = Math.max(0, depth - 1); if (depth === 0) this.onHover(false); });
    on('dragover', (event) => { event.dataTransfer.dropEffect = 'copy'; });
    on('drop', (event) => {
      depth = 0;
      this.onHover(false);
      this.take(event.dataTransfer.files);
    });
  }

  canShare() {
    const probe = () => [new File(['x'], 'x.html', { type: 'text/html' })];
    return typeof navigator.canShare === 'function' && navigator.canShare({ files: probe() });
  }

  /** Share where that works for this kind of file, else save. `bytes`: an array or a Blob. */
  async handOver(name, type, bytes, share) {
    if (share) {
      const files = [new File([bytes], name, { type })];
      if (navigator.canShare?.({ files })) {
        try {
          await navigator.share({ files });  // only `files`: beside a title some apps drop the file
          return;
        } catch (error) {
          if (error.name === 'AbortError') return;  // the person closed the sheet
        }
      }
    }
    this.save(name, type, bytes);
  }

  save(name, type, bytes) {
    const address = URL.createObjectURL(new Blob([bytes], { type }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }
}
