// Arrows at the sides of a row that does not fit: there are more phones, and so many messages ring there unseen.

import {calm, persian} from "./dom.js";

export class Edges {
  constructor(row, phones) {
    Object.assign(this, {row, phones});
    this.arrows = {before: document.getElementById("edge-before"), after: document.getElementById("edge-after")};
    this.arrows.before.onclick = () => this.turn(1);
    this.arrows.after.onclick = () => this.turn(-1);
    row.addEventListener("scroll", () => this.update(), {passive: true});
    new ResizeObserver(() => this.update()).observe(row);
  }

  // The row runs from right to left: what comes after lies at the left.
  turn(side) {
    this.row.scrollBy({left: side * this.row.clientWidth * 0.75, behavior: calm() ? "instant" : "smooth"});
  }

  // Into the middle, unless all of it is seen already: the nearest place would be pulled away by the row's snapping.
  show(phone) {
    const [row, box] = [this.row, phone.element].map((each) => each.getBoundingClientRect());
    if (box.left >= row.left && box.right <= row.right) return;
    phone.element.scrollIntoView({inline: "center", block: "nearest", behavior: calm() ? "instant" : "smooth"});
  }

  update() {
    const {left, right} = this.row.getBoundingClientRect();
    const hidden = {before: [], after: []};
    for (const phone of this.phones.values()) {
      const box = phone.element.getBoundingClientRect();
      const middle = (box.left + box.right) / 2;
      if (box.width && middle > right) hidden.before.push(phone);
      if (box.width && middle < left) hidden.after.push(phone);
    }
    Object.entries(this.arrows).forEach(([side, arrow]) => show(arrow, hidden[side]));
  }
}

function show(arrow, phones) {
  const unread = phones.reduce((sum, phone) => sum + phone.unread, 0);
  const badge = arrow.querySelector(".badge");
  arrow.hidden = !phones.length;
  badge.hidden = !unread;
  badge.textContent = persian(unread);
  arrow.setAttribute("aria-label", `گوشی‌های دیگر: ${phones.map((phone) => phone.name).join("، ")}`);
}
