// Small tools: elements without any parsing of HTML, digits and times, calls to the server.

const SVG = "http://www.w3.org/2000/svg";

// el("button", {class: "x", onclick: f, "aria-label": "…"}, ...children); strings become text, null is left out.
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export const icon = (name) => svg("svg", {"aria-hidden": "true"}, svg("use", {href: `#i-${name}`}));

export function iconButton(name, label, title, onclick, more = {}) {
  return el("button", {type: "button", class: "round", "aria-label": label, title, onclick, ...more}, icon(name));
}

export const persian = (value) => String(value).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]);

const ZONE = {timeZone: "Asia/Tehran"};
const CLOCK = new Intl.DateTimeFormat("fa-IR", {...ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23"});
const DAY = new Intl.DateTimeFormat("fa-IR-u-ca-persian", {...ZONE, weekday: "long", day: "numeric", month: "long"});
export const timeOf = (millis) => CLOCK.format(millis);
export const dayOf = (millis) => DAY.format(millis);

// A JSON POST. Raises an Error that carries the server's words.
export async function post(path, body) {
  const headers = {"Content-Type": "application/json"};
  const answer = await fetch(path, {method: "POST", headers, body: JSON.stringify(body)});
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error || `HTTP ${answer.status}`);
}

export async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let letters = "";
  for (let at = 0; at < bytes.length; at += 32768) letters += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(letters);
}

// A short word at the bottom of the window, or inside a phone when `place` is given.
export function toast(words, place = document.getElementById("toasts")) {
  const shown = el("p", {class: "toast", dir: "auto"}, words);
  place.append(shown);
  setTimeout(() => shown.remove(), 3200);
}

export async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    toast("کپی شد");
  } catch {
    toast(`کپی نشد؛ خودتان بردارید: ${words}`);
  }
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
