// A drawing that is kept until what it shows changes.

/** A canvas as large as the picture, transparent where nothing is drawn. */
export class Layer {
  constructor() {
    this.canvas = document.createElement("canvas");
    /** What is drawn on it, in a word; null where that must be drawn anew. */
    this.drawn = null;
    this.when = 0;
  }

  /** Take a size in pixels of the screen, `scale` of them for a pixel of the page; what was drawn is gone. */
  fit(width, height, scale) {
    Object.assign(this.canvas, { width, height });
    this.scale = scale;
    this.drawn = null;
  }

  /** Draw `what`, unless that is what is drawn on it. */
  draw(what, how) {
    if (this.drawn === what) return;
    const to = this.canvas.getContext("2d", { willReadFrequently: true });
    to.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    to.clearRect(0, 0, this.canvas.width, this.canvas.height);
    how(to);
    this.drawn = what;
    this.when = performance.now();
  }
}
