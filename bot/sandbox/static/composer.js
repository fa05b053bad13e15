// Where one writes: the text box with its bars (reply, edit, pictures to send), the clip's menu and the reply keyboard.

import {base64, el, icon, iconButton, toast} from "./dom.js";
import {pickPlace} from "./map.js";
import {summary} from "./message.js";
import {PICTURES, picture, voice} from "./samples.js";

const MOST = 10;  // pictures in an album
const touch = () => matchMedia("(hover: none)").matches;

// The act that sends this text with these pictures, as a reply or as an edit.
async function asked(text, context, pictures) {
  if (context?.kind === "edit") return {act: "edit", message: context.message.id, text};
  const reply_to = context?.kind === "reply" ? context.message.id : null;
  if (!pictures.length) return {act: "say", text, reply_to};
  return {act: "photos", files: await Promise.all(pictures.map(({blob}) => base64(blob))), caption: text, reply_to};
}

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.context = null;  // {kind: "reply" | "edit", message}
    this.pictures = [];  // {blob, address}
    this.keysHidden = false;
    this.build();
  }

  build() {
    const name = this.phone.name;
    this.box = el("textarea", {rows: 1, dir: "auto", placeholder: "پیام", "aria-label": `پیام ${name}`, enterkeyhint: "send",
      autocomplete: "off", title: "Enter sends, Shift+Enter begins a line",
      oninput: () => this.grow(), onkeydown: (event) => this.key(event), onpaste: (event) => this.paste(event),
      onfocus: () => this.typing(true), onblur: () => this.typing(false)});
    this.clip = iconButton("clip", "پیوست", "Attach", () => this.toggleMenu(), {"aria-expanded": "false", "aria-haspopup": "true"});
    this.keysButton = iconButton("keys", "صفحه‌کلید ربات", "Show or hide the bot's keyboard", () => this.toggleKeys());
    this.sendButton = iconButton("send", "فرستادن", "Send", () => this.send(), {class: "round send"});
    this.bar = el("div", {class: "context", hidden: true});
    this.strip = el("div", {class: "strip", hidden: true});
    this.menu = this.buildMenu();
    this.keys = el("div", {class: "keys", dir: "ltr", role: "group", "aria-label": "صفحه‌کلید ربات", hidden: true});
    this.startButton = el("button", {type: "button", class: "start", title: "START", onclick: () => this.phone.act({act: "start"})}, "شروع");
    // A tap beside the box must not end the writing before it has hit: the bot's keyboard would come and push all away.
    const hold = (event) => { if (touch() && event.target !== this.box) event.preventDefault(); };
    this.line = el("div", {class: "line", onmousedown: hold}, this.clip, this.box, this.keysButton, this.sendButton);
    this.element = el("div", {class: "composer"}, this.menu, this.bar, this.strip, this.line, this.startButton, this.keys);
  }

  buildMenu() {
    const pick = (accept, many, take) => el("input", {type: "file", accept, multiple: many, hidden: true,
      onchange: (event) => { take([...event.target.files]); event.target.value = ""; }});
    const gallery = pick("image/*,video/*", true, (files) => this.take(files));
    const papers = pick("", false, ([file]) => this.document(file));
    const item = (name, label, title, act) => el("button", {type: "button", title, onclick: () => { this.toggleMenu(false); act(); }},
      typeof name === "string" ? icon(name) : name, el("span", {}, label));
    const samples = PICTURES.map((sample) => {
      const face = el("img", {alt: ""});
      picture(sample).then((blob) => { face.src = URL.createObjectURL(blob); });
      return item(face, sample.label, sample.title, async () => this.add(await picture(sample)));
    });
    return el("div", {class: "menu", role: "group", "aria-label": "پیوست", hidden: true, onkeydown: (event) => this.menuKey(event)},
      gallery, papers,
      el("div", {class: "menu-row"}, item("photo", "عکس و ویدیو", "Photo or video from this device", () => gallery.click()),
        item("file", "سند", "A document from this device", () => papers.click()),
        item("pin", "جا", "A place on the map", () => this.pin()),
        item("mic", "صدا", "Sample: a voice message of four silent seconds", () => this.voice())),
      el("p", {}, "عکس‌های نمونه"), el("div", {class: "menu-row samples"}, samples));
  }

  menuKey(event) {
    if (event.key === "Escape") {
      this.toggleMenu(false);
      this.clip.focus();
    }
  }

  toggleMenu(open = this.menu.hidden) {
    this.menu.hidden = !open;
    this.clip.setAttribute("aria-expanded", String(open));
    if (open) this.menu.querySelector("button").focus();
  }

  toggleKeys() {
    this.keysHidden = !this.keysHidden;
    this.showKeys();
  }

  // Rows as the bot sent them; null: no keyboard.
  setKeyboard(rows) {
    if (JSON.stringify(rows) === JSON.stringify(this.rows)) return;
    this.rows = rows;
    this.keysHidden = false;
    this.keys.replaceChildren(...(rows ?? []).map((row) => el("div", {class: "row"}, row.map((key) =>
      el("button", {type: "button", onclick: () => this.pressKey(key)}, el("span", {dir: "auto"}, key.text))))));
    this.showKeys();
  }

  showKeys() {
    this.keys.hidden = !this.rows || this.keysHidden;
    this.keysButton.hidden = !this.rows;
    this.keysButton.setAttribute("aria-pressed", String(!this.keysHidden));
    this.phone.settled();
  }

  // On a touch screen its own keyboard comes up now, and the bot's gives it the room.
  typing(on) {
    if (!touch()) return;
    this.keysHidden = on;
    this.showKeys();
  }

  pressKey(key) {
    if (key.asks === "location") this.pin();
    else this.phone.act(key.asks === "contact" ? {act: "contact"} : {act: "key", text: key.text});
  }

  setEmpty(empty) {
    const started = !empty && document.activeElement === this.startButton;
    this.startButton.hidden = !empty;
    this.line.hidden = empty;
    if (started) this.focus();
  }

  // Ready to write; on a touch screen without calling its keyboard, which would cover half of the chat.
  focus() {
    (touch() ? this.phone.log : this.box).focus();
  }

  // The bars above the box

  setContext(kind, message) {
    this.context = {kind, message};
    const title = kind === "edit" ? "ویرایش پیام" : "پاسخ";
    this.bar.replaceChildren(icon(kind), el("span", {dir: "auto"}, el("b", {}, title), ` ${summary(message)}`),
      iconButton("close", "رها کردن", "Cancel", () => this.dropContext()));
    this.bar.hidden = false;
    if (kind === "edit") this.box.value = message.text;
    this.grow();
    this.box.focus();
  }

  dropContext() {
    if (this.context?.kind === "edit") this.box.value = "";
    this.context = null;
    this.bar.hidden = true;
    this.grow();
    this.focus();
  }

  add(blob) {
    if (this.pictures.length === MOST) return;
    this.pictures.push({blob, address: URL.createObjectURL(blob)});
    this.showPictures();
    this.focus();
  }

  showPictures() {
    this.strip.replaceChildren(...this.pictures.map((each, number) => el("span", {}, el("img", {src: each.address, alt: `عکس ${number + 1}`}),
      iconButton("close", "برداشتن عکس", "Remove", () => { this.pictures.splice(number, 1); this.showPictures(); }))));
    this.strip.hidden = !this.pictures.length;
    this.box.placeholder = this.pictures.length ? "شرح عکس" : "پیام";
    this.grow();
  }

  grow() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, 132)}px`;
    this.sendButton.classList.toggle("ready", Boolean(this.box.value.trim() || this.pictures.length));
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.context) {
      this.dropContext();
    } else if (event.key === "ArrowUp" && !this.box.value && !this.context) {
      const last = this.phone.lastOwn();
      if (last) {
        event.preventDefault();
        this.setContext("edit", last);
      }
    }
  }

  paste(event) {
    const files = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
    if (files.length) {
      event.preventDefault();
      this.take(files);
    }
  }

  // What goes out

  // The box is free at once; what could not be sent comes back into it.
  async send() {
    const text = this.box.value.trim();
    if (!text && !this.pictures.length) return;
    const {context, pictures} = this;
    this.clear();
    if (touch()) this.focus();
    if (await this.phone.act(await asked(text, context, pictures))) {
      pictures.forEach(({address}) => URL.revokeObjectURL(address));
    } else {
      this.pictures = pictures;
      this.box.value = text;
      this.showPictures();
    }
  }

  clear() {
    this.context = null;
    this.bar.hidden = true;
    this.box.value = "";
    this.pictures = [];
    this.showPictures();
  }

  async take(files) {
    for (const file of files) {
      if (file.type.startsWith("video/")) await this.sendFile({act: "video"}, file);
      else this.add(file);
    }
  }

  document(file) {
    return file && this.sendFile({act: "document", name: file.name, mime: file.type}, file);
  }

  async sendFile(asked, file) {
    if (file.size > 20 * 1024 * 1024) {
      toast("بزرگ‌تر از ۲۰ مگابایت است.");
      return;
    }
    if (await this.phone.act({...asked, file: await base64(file), caption: this.box.value.trim()})) this.clear();
  }

  async voice() {
    await this.phone.act({act: "voice", file: await base64(voice(4)), seconds: 4});
  }

  async pin() {
    const place = await pickPlace(this.phone.board, this.phone.platform);
    if (place) await this.phone.act({act: "pin", ...place});
    this.focus();
  }
}
