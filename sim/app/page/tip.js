// What is under the pointer, or selected by keyboard, in a few words beside it.

const AGAIN = 250; // milliseconds after which the words are looked up again, as people move on by themselves
const AWAY = 14; // pixels from the pointer

/** Words beside what is under a pointer on a picture. A touch selects instead: it does not hover. */
export class Tip {
  /**
   * @param {HTMLElement} element where the words come; it is placed within the window
   * @param {HTMLCanvasElement} canvas
   * @param {import("./neighbourhood.js").Neighbourhood} picture what is drawn on it
   */
  constructor(element, canvas, picture) {
    Object.assign(this, { element, canvas, picture, pointer: null });
    canvas.addEventListener("pointermove", this.#move);
    canvas.addEventListener("pointerleave", this.#hide);
    canvas.addEventListener("keyup", () => this.#keyed());
    canvas.addEventListener("focus", () => this.#keyed());
    canvas.addEventListener("blur", this.#hide);
  }

  #move = (event) => {
    if (event.pointerType === "touch") return;
    if (!this.pointer) this.again = setInterval(() => this.#look(), AGAIN);
    const asked = this.pointer?.asked;
    this.pointer = { x: event.offsetX, y: event.offsetY, left: event.clientX, top: event.clientY, asked: true };
    if (!asked) requestAnimationFrame(() => this.#look()); // once a frame, however fast a hand is
  };

  #look() {
    if (!this.pointer) return;
    const { x, y, left, top } = this.pointer;
    this.pointer.asked = false;
    const found = this.picture.at(x, y);
    this.canvas.style.cursor = found ? "pointer" : "default";
    if (found) this.#say(found, left, top);
    else this.element.hidden = true;
  }

  /** Who walks along everybody with the keyboard sees the same words. */
  #keyed() {
    const { selected } = this.picture;
    const place = selected && this.canvas.matches(":focus-visible") ? this.picture.whereIs(selected) : null;
    if (!place) return this.#hide();
    const { left, top } = this.canvas.getBoundingClientRect();
    return this.#say(selected, left + place.x, top + place.y);
  }

  #say(thing, left, top) {
    const { element } = this;
    const label = this.picture.label(thing);
    if (element.textContent !== label) element.textContent = label;
    element.hidden = false;
    const { offsetWidth, offsetHeight } = element, { clientWidth } = document.documentElement;
    const below = top + AWAY + offsetHeight < globalThis.innerHeight;
    element.style.left = `${Math.max(4, Math.min(left + AWAY, clientWidth - offsetWidth - 4))}px`;
    element.style.top = `${below ? top + AWAY : top - AWAY - offsetHeight}px`;
  }

  #hide = () => {
    clearInterval(this.again);
    this.pointer = null;
    this.element.hidden = true;
  };
}
