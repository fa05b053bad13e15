// A map without tiles: the pack's areas in metres around its centre, a pin, and the dialog that picks a place.

import {el, persian, svg} from "./dom.js";

const METRES = 111195;  // a degree of latitude
const ACCURACIES = [5, 10, 20, 50, 100, 200, 500, 1000, 1500];  // metres; the apps tell at most 1500
const NEAREST = 16, FARTHEST = 1 / 8;  // times the town's own size: the surroundings belong to the map too
const STEP = 25;  // metres an arrow key moves the pin; eight times that with Shift

export class Board {
  constructor({centre, areas}) {
    [this.lat, this.lon] = centre;
    this.areas = areas;
    this.across = METRES * Math.cos((this.lat * Math.PI) / 180);
    const points = areas.flatMap((area) => area.rings.flat().map(([lon, lat]) => this.metres(lat, lon)));
    const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
    this.reach = points.length ? Math.max(...xs.map(Math.abs), ...ys.map(Math.abs)) * 1.12 : 3500;
  }

  metres(lat, lon) {
    return [(lon - this.lon) * this.across, (this.lat - lat) * METRES];
  }

  place(x, y) {
    return {lat: +(this.lat - y / METRES).toFixed(6), lon: +(this.lon + x / this.across).toFixed(6)};
  }

  // The drawing, `width` metres wide around [x, y] and `height` high.
  draw([x, y], width, height, pin, accuracy) {
    const unit = width / 100;
    const view = `${x - width / 2} ${y - height / 2} ${width} ${height}`;
    return svg("svg", {viewBox: view, class: "map", preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true"},
      this.grid(unit, width), this.areas.map((area, number) => this.area(area, number)),
      width > 3000 && width <= this.reach * 2 ? this.areas.map((area) => this.name(area, unit)) : [], pin ? marker(pin, accuracy, unit) : []);
  }

  grid(unit, width) {
    const far = Math.max(this.reach * 3, width);
    const step = width > this.reach * 2 ? 5000 : 500;
    const lines = [];
    for (let at = -far; at <= far; at += step) lines.push(`M${at} ${-far}V${far}M${-far} ${at}H${far}`);
    return svg("path", {d: lines.join(""), class: "map-grid", "stroke-width": unit * 0.18});
  }

  area(area, number) {
    const rings = area.rings.map((ring) => `M${ring.map(([lon, lat]) => this.metres(lat, lon).map(Math.round).join(" ")).join("L")}Z`);
    return svg("path", {d: rings.join(""), "fill-rule": "evenodd", class: `map-area map-area-${number % 5}`});
  }

  name(area, unit) {
    const points = area.rings[0].map(([lon, lat]) => this.metres(lat, lon));
    const middle = (axis) => (Math.min(...points.map((p) => p[axis])) + Math.max(...points.map((p) => p[axis]))) / 2;
    return svg("text", {x: middle(0), y: middle(1), class: "map-name", "font-size": unit * 3.7}, area.name);
  }
}

function marker([x, y], accuracy, unit) {
  const drop = `M${x} ${y}c${-unit} ${-3 * unit} ${-3.4 * unit} ${-4.6 * unit} ${-3.4 * unit} ${-7.4 * unit}` +
    `a${3.4 * unit} ${3.4 * unit} 0 0 1 ${6.8 * unit} 0c0 ${2.8 * unit} ${-2.4 * unit} ${4.4 * unit} ${-3.4 * unit} ${7.4 * unit}z`;
  return [
    accuracy ? svg("circle", {cx: x, cy: y, r: accuracy, class: "map-circle", "stroke-width": unit * 0.4}) : null,
    svg("path", {d: drop, class: "map-pin", "stroke-width": unit * 0.5}),
    svg("circle", {cx: x, cy: y - 7.4 * unit, r: unit * 1.3, class: "map-eye"}),
  ].filter(Boolean);
}

// The small picture of a place in a message.
export function miniature(board, pin) {
  const at = board.metres(pin.lat, pin.lon);
  return board.draw(at, 2400, 1300, at, pin.accuracy);
}

export const metresText = (metres) => (metres < 1000 ? `${persian(metres)} متر` : `${persian(metres / 1000)} کیلومتر`);

// Opens the dialog; resolves to {lat, lon, accuracy}, or to null when it was closed. Bale never tells the accuracy.
export function pickPlace(board, platform) {
  return new Picker(board, platform).picked;
}

class Picker {
  constructor(board, platform) {
    this.board = board;
    this.dialog = document.getElementById("map");
    this.slider = document.getElementById("map-accuracy");
    this.pin = [Math.round(board.reach * 0.12), Math.round(-board.reach * 0.1)];
    this.zoom = 1;
    this.dialog.querySelector(".slider").hidden = platform === "bale";
    document.getElementById("map-note").textContent = platform === "bale"
      ? "بله دقت مکان را به ربات نمی‌گوید." : "با کلیدهای جهت هم جابه‌جا می‌شود؛ + و − نزدیک و دور می‌کند.";
    this.picked = new Promise((done) => this.open(done, platform));
  }

  open(done, platform) {
    const off = new AbortController();
    const listen = (what, kind, act) => what.addEventListener(kind, act, {signal: off.signal});
    const close = (value) => {
      off.abort();
      this.dialog.close();
      done(value);
    };
    listen(this.slider, "input", () => this.redraw());
    listen(document.getElementById("map-send"), "click", () => {
      const accuracy = platform === "bale" ? null : this.accuracy;
      close({...this.board.place(...this.pin), accuracy});
    });
    listen(this.dialog, "close", () => close(null));
    this.redraw();
    this.dialog.showModal();
    this.face.focus();
  }

  get accuracy() {
    return ACCURACIES[this.slider.value];
  }

  redraw() {
    const holder = document.getElementById("map-board");
    const hadFocus = holder.contains(document.activeElement) && document.activeElement.dataset.part;
    const width = (this.board.reach * 2) / this.zoom;
    const centre = this.zoom <= 1 ? [0, 0] : this.pin;
    this.drawing = this.board.draw(centre, width, width, this.pin, this.dialog.querySelector(".slider").hidden ? null : this.accuracy);
    document.getElementById("map-accuracy-text").textContent = metresText(this.accuracy);
    this.slider.setAttribute("aria-valuetext", metresText(this.accuracy));
    const {lat, lon} = this.board.place(...this.pin);
    const label = `نقشهٔ شهر. سنجاق: عرض ${persian(lat)}، طول ${persian(lon)}`;
    this.face = el("button", {type: "button", class: "map-face", "data-part": "face", "aria-label": label,
      title: "Tap to put the pin; arrow keys move it", onclick: (event) => this.tap(event), onkeydown: (event) => this.key(event)}, this.drawing);
    const zoom = (factor) => () => this.zoomBy(factor);
    holder.replaceChildren(this.face, el("div", {class: "map-zoom"},
      el("button", {type: "button", class: "round", "data-part": "in", "aria-label": "نزدیک‌تر", title: "Zoom in", onclick: zoom(2)}, "+"),
      el("button", {type: "button", class: "round", "data-part": "out", "aria-label": "دورتر", title: "Zoom out", onclick: zoom(0.5)}, "−")));
    if (hadFocus) holder.querySelector(`[data-part=${hadFocus}]`).focus();
  }

  zoomBy(factor) {
    this.zoom = Math.min(NEAREST, Math.max(FARTHEST, this.zoom * factor));
    this.redraw();
  }

  tap(event) {
    if (event.detail === 0) return;  // a key press: the arrow keys move the pin
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.drawing.getScreenCTM().inverse());
    this.pin = [Math.round(point.x), Math.round(point.y)];
    this.redraw();
  }

  key(event) {
    const step = STEP * (event.shiftKey ? 8 : 1);
    const moves = {ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step]};
    const zooms = {"+": 2, "=": 2, "-": 0.5};
    if (moves[event.key]) this.pin = this.pin.map((value, axis) => value + moves[event.key][axis]);
    else if (zooms[event.key]) return this.zoomBy(zooms[event.key]);
    else return undefined;
    event.preventDefault();
    return this.redraw();
  }
}

