// A message's words as nodes: entities (UTF-16 offsets, as JavaScript counts) become elements; nothing is parsed as HTML.

import {copy, el} from "./dom.js";

const PLAIN = {bold: "strong", italic: "em", underline: "u", strikethrough: "s", blockquote: "blockquote"};
const SAFE = /^(https?:|tel:|mailto:|tg:)/i;
// What may stand in href: never a script. Bale's own links come without a scheme.
export const safe = (url) => (SAFE.test(url) ? url : `https://${url}`);
const FOUND = /https?:\/\/[^\s<>"«»]+[^\s<>"«».,،؛;:!؟?)]|(?<![\w/])\/[a-z0-9_]{1,32}\b/gi;

// doors: {command(text), link(url)} are called for a pressed command and for a link; link answers true when it took it.
export function words(text, entities, doors) {
  const found = [...entities, ...untold(text, entities)];
  const edges = [...new Set([0, text.length, ...found.flatMap((e) => [e.offset, e.offset + e.length])])];
  edges.sort((a, b) => a - b);
  return nest(text, found, edges, 0, text.length, doors);
}

// Addresses and commands that the platforms' apps make pressable by themselves.
function untold(text, entities) {
  const free = (at, end) => !entities.some((e) => e.offset < end && at < e.offset + e.length && touches(e));
  return [...text.matchAll(FOUND)]
    .map((match) => ({kind: match[0][0] === "/" ? "bot_command" : "url", offset: match.index, length: match[0].length}))
    .filter((each) => free(each.offset, each.offset + each.length));
}

const touches = (entity) => ["code", "pre", "text_link", "url", "bot_command"].includes(entity.kind);

function nest(text, entities, edges, from, to, doors) {
  const out = document.createDocumentFragment();
  let at = from;
  while (at < to) {
    const here = entities.filter((e) => e.offset === at && e.length > 0 && e.offset + e.length <= to);
    if (here.length) {
      const widest = here.reduce((a, b) => (b.length > a.length ? b : a));
      const end = at + widest.length;
      const inner = nest(text, entities.filter((e) => e !== widest), edges, at, end, doors);
      out.append(dressed(widest, text.slice(at, end), inner, doors));
      at = end;
    } else {
      const next = edges.find((edge) => edge > at) ?? to;
      out.append(text.slice(at, Math.min(next, to)));
      at = Math.min(next, to);
    }
  }
  return out;
}

function dressed(entity, plain, inner, doors) {
  if (entity.kind === "code" || entity.kind === "pre") return pressable(entity.kind, `کپی ${plain}`, "Tap to copy", () => copy(plain), inner);
  if (entity.kind === "bot_command") return pressable("command", null, "Sends this command", () => doors.command(plain), inner);
  if (entity.kind === "spoiler") return pressable("spoiler", null, "Hidden: press to read", (event) => event.currentTarget.classList.add("open"), inner);
  if (entity.kind === "text_link" || entity.kind === "url") return link(entity.url || plain, inner, doors);
  return el(PLAIN[entity.kind] || "span", {}, inner);
}

// Not a <button>: that would be a box with a direction of its own, and flip a code that the text has isolated.
function pressable(kind, label, title, press, inner) {
  const key = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press(event);
  };
  return el("span", {role: "button", tabindex: 0, class: kind, "aria-label": label, title, onclick: press, onkeydown: key}, inner);
}

function link(url, inner, doors) {
  const press = (event) => doors.link(url) && event.preventDefault();
  return el("a", {href: safe(url), target: "_blank", rel: "noopener noreferrer", title: url, onclick: press}, inner);
}
