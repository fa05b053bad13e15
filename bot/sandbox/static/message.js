// One bubble: a message, or the several messages of an album.

import {copy, el, icon, iconButton, persian, svg, timeOf} from "./dom.js";
import {metresText, miniature} from "./map.js";
import {safe, words} from "./text.js";

const SIZES = ["بایت", "کیلوبایت", "مگابایت"];

// `phone` answers what a bubble may ask of it: board, platform, bot, find, isPressed, isTapped, press, reply, edit, doors, show.
export function bubble(messages, phone) {
  const first = messages[0];
  const who = first.by_bot ? phone.bot.name : "شما";
  const told = messages.find((message) => message.text) ?? first;
  const attributes = {class: `message ${first.by_bot ? "theirs" : "mine"}`, id: phone.idOf(first),
    "aria-label": `${who}، ${timeOf(first.date)}`, ondblclick: () => phone.reply(first)};
  return el("article", attributes,
    el("div", {class: "bubble"}, quote(first, phone), forwarded(first), pictures(messages, phone),
      ...messages.flatMap((message) => parts(message, phone)), text(told, phone), meta(messages.at(-1), told)),
    buttons(messages.at(-1), phone), tools(first, told, phone));
}

function text(message, phone) {
  if (!message.text) return null;
  return el("div", {class: "text", dir: "auto"}, words(message.text, message.entities, phone.doors));
}

function meta(last, told) {
  return el("footer", {class: "meta"},
    last.silent ? el("span", {class: "mark", role: "img", "aria-label": "بی‌صدا", title: "Sent silently"}, icon("mute")) : null,
    told.edited_at ? el("span", {class: "edited"}, "ویرایش‌شده") : null,
    el("time", {datetime: new Date(last.date).toISOString()}, timeOf(last.date)),
    last.by_bot ? null : el("span", {class: "tick", "aria-hidden": "true"}, "✓"));
}

function quote(message, phone) {
  if (message.reply_to === null) return null;
  const target = phone.find(message.reply_to);
  const said = target ? summary(target) : "پیام پاک‌شده";
  const jump = () => phone.jump(message.reply_to);
  return el("button", {type: "button", class: "quote", dir: "auto", title: "Go to that message", onclick: jump},
    el("b", {}, target && !target.by_bot ? "شما" : phone.bot.name), el("span", {}, said));
}

const forwarded = (message) => (message.forward ? el("p", {class: "forwarded"}, "بازفرستاده") : null);

// A line that stands for a message in quotes and bars.
export function summary(message) {
  if (message.text) return message.text.replace(/\s+/g, " ").slice(0, 90);
  if (message.pin) return "جا روی نقشه";
  const kinds = {photo: "عکس", video: "ویدیو", voice: "پیام صوتی", document: "سند", sticker: "برچسب"};
  return (message.media && kinds[message.media.kind]) || "پیام";
}

function pictures(messages, phone) {
  const photos = messages.filter((message) => message.media?.kind === "photo");
  if (!photos.length) return null;
  const shown = photos.map(({media}, number) => {
    const label = photos.length > 1 ? `عکس ${persian(number + 1)} از ${persian(photos.length)}` : "عکس";
    return el("button", {type: "button", class: "photo", "aria-label": `${label}، بزرگ‌نمایی`, title: "Open",
      onclick: () => phone.show(media)}, el("img", {src: phone.file(media), alt: "", onload: () => phone.settled()}));
  });
  return el("div", {class: `photos many-${Math.min(photos.length, 3)}`}, shown);
}

function parts(message, phone) {
  return [message.media ? file(message.media, phone) : null, message.pin ? place(message.pin, phone) : null,
    message.other.contact ? contact(message.other.contact) : null, odd(message.other)].filter(Boolean);
}

function file(media, phone) {
  if (media.kind === "photo") return null;
  if (media.kind === "voice") return voice(media, phone);
  const name = media.name || {video: "ویدیو", audio: "صدا"}[media.kind] || "فایل";
  return el("a", {class: "file", href: phone.file(media), download: name, title: "Download"},
    el("span", {class: "file-icon"}, icon("file")),
    el("span", {}, el("b", {dir: "auto"}, name), el("small", {}, size(media.size))));
}

function size(bytes) {
  let unit = 0;
  for (; bytes >= 1024 && unit < 2; unit++) bytes /= 1024;
  return `${persian(bytes < 10 && unit ? bytes.toFixed(1).replace(".", "٫") : Math.round(bytes))} ${SIZES[unit]}`;
}

function voice(media, phone) {
  const sound = new Audio();
  const button = iconButton("play", "پخش پیام صوتی", "Play", () => {
    sound.src ||= phone.file(media);
    if (sound.paused) sound.play().catch(() => face("play"));
    else sound.pause();
  });
  const face = (name) => button.replaceChildren(icon(name));
  sound.onplay = () => face("pause");
  sound.onpause = sound.onended = () => face("play");
  const bars = Array.from({length: 28}, (_, n) => {
    const high = 4 + ((n * 7) % 11) + ((n * 5) % 6);
    return svg("rect", {x: n * 5, y: 12 - high / 2, width: 3, height: high, rx: 1.5});
  });
  const minutes = `${Math.floor(media.duration / 60)}:${String(media.duration % 60).padStart(2, "0")}`;
  return el("div", {class: "voice"}, button, svg("svg", {viewBox: "0 0 140 24", class: "wave", "aria-hidden": "true"}, bars),
    el("span", {class: "duration"}, persian(minutes)));
}

function place(pin, phone) {
  const told = pin.accuracy ? `دقت ${metresText(Math.round(pin.accuracy))}` : "";
  const at = `${persian(pin.lat.toFixed(5))}، ${persian(pin.lon.toFixed(5))}`;
  return el("div", {class: "place", role: "group", "aria-label": `جا روی نقشه، ${at} ${told}`}, miniature(phone.board, pin),
    pin.title ? el("b", {dir: "auto"}, pin.title) : null, pin.address ? el("span", {dir: "auto"}, pin.address) : null,
    el("small", {}, [at, told].filter(Boolean).join(" · ")));
}

function contact(card) {
  return el("div", {class: "file"}, el("span", {class: "file-icon"}, icon("person")),
    el("span", {}, el("b", {dir: "auto"}, card.first_name), el("small", {dir: "ltr"}, card.phone_number)));
}

function odd(other) {
  const kinds = {sticker: () => other.sticker.emoji, dice: () => other.dice.emoji, poll: () => other.poll.question};
  const kind = Object.keys(kinds).find((name) => other[name]);
  return kind ? el("div", {class: "odd", dir: "auto"}, kinds[kind]()) : null;
}

// Inline buttons stand as the platforms lay them: from the left, whatever the language.
function buttons(message, phone) {
  if (!message.rows.length) return null;
  return el("div", {class: "buttons", dir: "ltr"}, message.rows.map((row) =>
    el("div", {class: "row"}, row.map((button) => inline(message, button, phone)))));
}

function inline(message, button, phone) {
  const style = button.style ? ` ${button.style}` : "";
  const label = el("span", {dir: "auto"}, button.text);
  const address = button.url ?? button.web_app;
  if (address) {
    const press = (event) => phone.doors.link(address) && event.preventDefault();
    return el("a", {class: `inline-button${style}`, href: safe(address), target: "_blank", rel: "noopener noreferrer",
      title: "Opens an address", onclick: press}, label, el("i", {"aria-hidden": "true"}, "↗"));
  }
  if (button.copy_text) {
    return el("button", {type: "button", class: `inline-button${style}`, title: "Copies", onclick: () => copy(button.copy_text)},
      label, el("i", {"aria-hidden": "true"}, "⧉"));
  }
  const waits = phone.isPressed(message, button);
  const marks = `${style}${waits ? " waits" : ""}${phone.isTapped(message, button) ? " tapped" : ""}`;
  return el("button", {type: "button", class: `inline-button${marks}`, "aria-busy": waits ? "true" : null,
    onclick: () => phone.press(message, button)}, label);
}

function tools(first, told, phone) {
  const mayEdit = !first.by_bot && (told.text || first.media) && !first.pin;
  return el("div", {class: "tools"},
    iconButton("reply", "پاسخ به این پیام", "Reply", () => phone.reply(first)),
    mayEdit ? iconButton("edit", "ویرایش این پیام", "Edit", () => phone.edit(told)) : null);
}
