// The demo's clock: what time it is there, and two buttons that turn it on.

import {dayOf, el, post, timeOf, toast} from "./dom.js";

const byId = (id) => document.getElementById(id);

export class Clock {
  constructor() {
    this.face = byId("clock-time");
    this.ahead = 0;  // milliseconds between this machine's clock and the demo's
    byId("clock").querySelectorAll("button").forEach((button) => { button.onclick = () => this.turn(button); });
    setInterval(() => this.show(), 1000);
  }

  update({now, turns}) {
    this.ahead = now - Date.now();
    byId("clock").hidden = !turns;
    this.show();
  }

  // It was turned, here or in another window.
  turned(told) {
    this.update(told);
    this.face.classList.remove("turned");
    void this.face.offsetWidth;  // so that the movement starts anew
    this.face.classList.add("turned");
  }

  show() {
    const now = Date.now() + this.ahead;
    const [day, time] = [dayOf(now), timeOf(now)];
    if (this.face.textContent === `${day}${time}`) return;
    this.face.replaceChildren(el("span", {}, day), el("b", {}, time));
  }

  async turn(button) {
    await post("/page/clock", {hours: Number(button.dataset.hours)}).catch((error) => toast(`نشد: ${error.message}`));
  }
}
