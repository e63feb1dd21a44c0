// Zoom and pan: where the image lies on the stage. Plain numbers, no document.

const most = 16;

export class Viewport {
  constructor() {
    this.fitted = true;
    this.scale = 1;
    this.x = 0;
    this.y = 0;
  }

  /** The scale at which the whole image is seen. */
  static fitScale(image, stage) {
    return Math.min(stage.width / image.width, stage.height / image.height);
  }

  fit(image, stage) {
    this.fitted = true;
    this.scale = Viewport.fitScale(image, stage);
    this.x = (stage.width - image.width * this.scale) / 2;
    this.y = (stage.height - image.height * this.scale) / 2;
  }

  /** Zooms and keeps the point of the stage where it is. */
  zoomTo(scale, at, image, stage) {
    // A small image is enlarged to fit: its own size is within reach all the same.
    const least = Math.min(Viewport.fitScale(image, stage), 1) / 2;
    const next = Math.min(most, Math.max(least, scale));
    this.x = at.x - ((at.x - this.x) * next) / this.scale;
    this.y = at.y - ((at.y - this.y) * next) / this.scale;
    this.scale = next;
    this.fitted = false;
    this.keepInSight(image, stage);
  }

  pan(dx, dy, image, stage) {
    this.x += dx;
    this.y += dy;
    this.fitted = false;
    this.keepInSight(image, stage);
  }

  /** Stage to image pixels. */
  toImage(point) {
    return { x: (point.x - this.x) / this.scale, y: (point.y - this.y) / this.scale };
  }

  // A part of the image stays on the stage, so that nobody loses it.
  keepInSight(image, stage) {
    const margin = 48;
    const [w, h] = [image.width * this.scale, image.height * this.scale];
    this.x = Math.min(stage.width - margin, Math.max(margin - w, this.x));
    this.y = Math.min(stage.height - margin, Math.max(margin - h, this.y));
  }
}
