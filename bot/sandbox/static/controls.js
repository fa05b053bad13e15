// The switches: each platform's outage, a few faults, and how much waits because of them.

import {el, persian, post, toast} from "./dom.js";
import {PLATFORMS} from "./phone.js";

const SWITCHES = [
  ["outage", "قطع کامل", "Outage: the platform cannot be reached"],
  ["429", "محدودیت (۴۲۹)", "429: every second call is told to wait two seconds"],
  ["slow", "کند", "Slow: every call takes 1.5 seconds"],
  ["lost", "پاسخ گم‌شده", "Every third message is taken, but its answer is lost: it may arrive twice, silently"],
];

export function showControls(place, status) {
  const focused = document.activeElement?.dataset?.switch;
  place.replaceChildren(...Object.keys(PLATFORMS).map((platform) => group(platform, status[platform])));
  if (focused) place.querySelector(`[data-switch="${focused}"]`)?.focus();
  document.getElementById("controls-open").classList.toggle("warm", Object.values(status).some((each) => each.on.length));
}

function group(platform, {on, updates, outbox}) {
  const count = (label, number) => el("span", {}, `${label} `, el("b", {}, persian(number)));
  return el("fieldset", {class: `group ${platform}`}, el("legend", {}, PLATFORMS[platform]),
    el("div", {class: "switches"}, SWITCHES.map(([key, label, title]) => toggle(platform, key, label, title, on.includes(key)))),
    el("p", {class: "waiting", title: "Updates not fetched by the bot yet; messages that the bot has not sent yet"},
      count("در راه ربات:", updates), count("در صف فرستادن:", outbox)));
}

function toggle(platform, key, label, title, on) {
  const turn = () => post("/page/switch", {platform, switch: key, on: !on}).catch((error) => toast(`نشد: ${error.message}`));
  return el("button", {type: "button", class: "switch", role: "switch", "aria-checked": String(on), title,
    "data-switch": `${platform}-${key}`, onclick: turn}, el("span", {class: "knob", "aria-hidden": "true"}), label);
}

// A mark in the header of each phone whose platform is out.
export function markOutages(phones, status) {
  for (const phone of phones) phone.element.classList.toggle("cut", status[phone.platform].on.includes("outage"));
}
