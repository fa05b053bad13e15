// One phone: header, the chat's log, and the composer. It shows what the server tells, and asks the server for acts.

import {Composer} from "./composer.js";
import {calm, dayOf, el, iconButton, persian, post, toast} from "./dom.js";
import {bubble} from "./message.js";

export const ROLES = {citizen: "شهروند", dispatcher: "کارشناس مرکز ۱۳۷", officer: "کارشناس واحد", manager: "مدیر واحد", admin: "مدیر سامانه"};
// Where a sixth of a phone's width must do.
export const SHORT_ROLES = {...ROLES, dispatcher: "مرکز ۱۳۷", officer: "کارشناس"};
export const PLATFORMS = {telegram: "تلگرام", bale: "بله"};
const PRESSABLE = "button, a, [role=button]";
const NEAR = 120;  // pixels from the end that still count as reading the newest
const PATIENCE = 30000;  // milliseconds a pressed button spins when nobody answers
const TAP = 2500;  // milliseconds in which one sees which button was pressed

export class Phone {
  constructor(told, board) {
    Object.assign(this, {key: told.key, role: told.role, platform: told.platform, person: told.person, name: told.name, bot: told.bot, board});
    this.messages = new Map();
    this.pressed = [];  // presses without an answer, oldest first: {message, data}
    this.tap = null;  // the newest press, for a moment
    this.unread = 0;
    this.current = false;  // the phone in hand: the last one touched
    this.onunread = () => {};
    this.ontouched = () => {};
    this.doors = {command: (text) => this.act({act: "say", text}), link: (url) => this.follow(url)};
    this.build();
    this.update(told);
  }

  build() {
    const {name, platform, role} = this;
    this.log = el("div", {class: "log", role: "log", tabindex: 0, "aria-label": `گفت‌وگوی ${name} با ${this.bot.name}`, onscroll: () => this.scrolled(),
      onwheel: () => this.takeOver(), ontouchmove: () => this.takeOver(), onkeydown: () => this.takeOver()});
    this.status = el("span", {class: "status", "aria-live": "polite"}, "ربات");
    this.badge = el("span", {class: "badge", hidden: true});
    this.down = iconButton("down", "رفتن به تازه‌ترین پیام", "Newest message", () => this.toEnd(), {class: "round to-end", hidden: true});
    this.toasts = el("div", {class: "toasts", role: "status", "aria-live": "polite"});
    this.composer = new Composer(this);
    this.element = el("section", {class: `phone ${platform} ${role}`, id: `phone-${this.key}`, "aria-labelledby": `owner-${this.key}`,
      onpointerdown: () => this.ontouched(), onfocusin: () => this.ontouched()},
    el("h2", {class: "owner", id: `owner-${this.key}`}, el("span", {class: "face", "aria-hidden": "true"}, name[0]),
      el("span", {}, el("b", {}, name), el("small", {}, `${ROLES[role]} · ${PLATFORMS[platform]}`)), this.badge),
    el("div", {class: "screen"},
      el("header", {class: "chat"}, el("span", {class: "avatar", "aria-hidden": "true"}, "۱۳۷"),
        el("span", {class: "title"}, el("b", {dir: "auto"}, this.bot.name), this.status)),
      el("div", {class: "middle"}, this.log, this.down, this.toasts), this.composer.element));
    new ResizeObserver(() => this.settled()).observe(this.log);
  }

  // What the server tells

  update(told) {
    const shown = [...this.messages.keys()].join();
    this.messages = new Map(told.messages.map((message) => [message.id, message]));
    if ([...this.messages.keys()].join() !== shown || !shown) this.redraw();
    else this.messages.forEach((message) => this.draw(message));
    this.pressed = [];
    this.composer.setKeyboard(told.keyboard);
    this.toEnd(true);
  }

  redraw() {
    this.log.replaceChildren(this.greeting());
    this.lastDay = null;
    this.messages.forEach((message) => this.draw(message));
    this.composer.setEmpty(!this.messages.size);
  }

  greeting() {
    return el("p", {class: "empty"}, el("b", {}, "این ربات چه می‌کند؟"), "مشکل شهر را گزارش می‌گیرد و تا حل شدنش خبر می‌دهد. برای آغاز «شروع» را بزنید.");
  }

  take(message, keyboard) {
    const fresh = !this.messages.has(message.id);
    // Two messages in one frame: the first is not scrolled to yet when the second comes.
    const follow = this.following || this.nearEnd() || !message.by_bot;
    this.messages.set(message.id, message);
    this.draw(message);
    this.composer.setEmpty(false);
    this.composer.setKeyboard(keyboard);
    if (message.by_bot) this.acts(null);
    if (fresh && message.by_bot && !this.reading()) this.ring(message);
    if (follow) this.toEnd();
    else if (fresh) this.down.hidden = false;
  }

  remove(message) {
    const old = this.shown(message);
    const rest = this.album(message).filter((each) => each.id !== message.id);
    this.messages.delete(message.id);
    if (rest.length && message.album) this.replace(old, bubble(rest, this));
    else old?.remove();
  }

  settle(text, alert) {
    const press = this.pressed.shift();
    if (press) this.redrawById(press.message);
    if (text && alert) this.alert(text);
    else if (text) toast(text, this.toasts);
  }

  alert(text) {
    document.getElementById("alert-text").textContent = text;
    document.getElementById("alert").showModal();
  }

  acts(action) {
    clearTimeout(this.acting);
    this.status.textContent = action ? "در حال نوشتن…" : "ربات";
    if (action) this.acting = setTimeout(() => this.acts(null), 5000);
  }

  // Drawing

  idOf(message) {
    return `${this.key}-${this.album(message)[0].id}`;
  }

  shown(message) {
    return this.log.querySelector(`#${CSS.escape(this.idOf(message))}`);
  }

  album(message) {
    return message.album ? [...this.messages.values()].filter((each) => each.album === message.album) : [message];
  }

  draw(message) {
    const old = this.shown(message);
    const drawn = bubble(this.album(message), this);
    if (old) {
      this.replace(old, drawn);
      return;
    }
    const day = dayOf(message.date);
    if (day !== this.lastDay) this.log.append(el("p", {class: "day"}, day));
    this.lastDay = day;
    this.log.append(drawn);
  }

  // In place, and the keyboard's focus stays where it was.
  replace(old, drawn) {
    const places = [...old.querySelectorAll(PRESSABLE)];
    const focused = places.indexOf(document.activeElement);
    old.replaceWith(drawn);
    if (focused >= 0) (drawn.querySelectorAll(PRESSABLE)[focused] ?? this.log).focus({preventScroll: true});
  }

  redrawById(id) {
    const message = this.messages.get(id);
    if (message) this.draw(message);
  }

  // Scrolling and reading

  nearEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  toEnd(atOnce = false) {
    this.following = true;
    this.byHand = false;
    this.down.hidden = true;
    const behavior = atOnce || calm() ? "instant" : "smooth";
    requestAnimationFrame(() => this.log.scrollTo({top: this.log.scrollHeight, behavior}));
  }

  // Whoever scrolls by hand leaves the newest message, or comes back to it; a smooth movement of ours does neither.
  takeOver() {
    this.byHand = true;
  }

  scrolled() {
    if (this.nearEnd()) this.down.hidden = true;
    if (this.byHand) this.following = this.nearEnd();
  }

  // A picture came in or the keyboard changed its height: whoever read the newest still does.
  settled() {
    if (this.following && this.log) this.toEnd(true);
  }

  reading() {
    return this.current && document.hasFocus();
  }

  ring(message) {
    this.unread += 1;
    this.showUnread();
    if (message.silent) return;
    this.element.classList.remove("rings");
    void this.element.offsetWidth;  // so that the movement starts anew
    this.element.classList.add("rings");
  }

  read() {
    if (!this.unread) return;
    this.unread = 0;
    this.showUnread();
  }

  showUnread() {
    this.badge.hidden = !this.unread;
    this.badge.textContent = persian(this.unread);
    this.badge.setAttribute("aria-label", `${persian(this.unread)} پیام تازه`);
    this.onunread();
  }

  // What a bubble asks

  find(id) {
    return this.messages.get(id);
  }

  file(media) {
    return `/page/file?platform=${this.platform}&id=${encodeURIComponent(media.file_id)}`;
  }

  show(media) {
    document.getElementById("viewer-image").src = this.file(media);
    document.getElementById("viewer").showModal();
  }

  jump(id) {
    const target = this.messages.has(id) && this.shown(this.messages.get(id));
    if (!target) return;
    target.scrollIntoView({block: "center", behavior: calm() ? "instant" : "smooth"});
    target.classList.remove("found");
    void target.offsetWidth;
    target.classList.add("found");
  }

  reply(message) {
    this.composer.setContext("reply", message);
  }

  edit(message) {
    this.composer.setContext("edit", message);
  }

  lastOwn() {
    return [...this.messages.values()].reverse().find((message) => !message.by_bot && message.text);
  }

  isPressed(message, button) {
    return this.pressed.some((press) => press.message === message.id && press.data === button.data);
  }

  isTapped(message, button) {
    return this.tap?.message === message.id && this.tap.data === button.data;
  }

  // Somebody pressed this: here, in another window, or in the story.
  tapped(message, data) {
    const tap = {message: message.id, data};
    this.following = true;
    this.markTap(tap);
    setTimeout(() => this.tap === tap && this.markTap(null), TAP);
  }

  markTap(tap) {
    const earlier = this.tap;
    this.tap = tap;
    if (earlier) this.redrawById(earlier.message);
    if (tap) this.redrawById(tap.message);
  }

  async press(message, button) {
    if (this.isPressed(message, button)) return;
    const press = {message: message.id, data: button.data};
    this.pressed.push(press);
    this.redrawById(message.id);
    setTimeout(() => this.giveUp(press), PATIENCE);
    if (!(await this.act({act: "press", ...press}))) this.giveUp(press);
  }

  giveUp(press) {
    this.pressed = this.pressed.filter((each) => each !== press);
    this.redrawById(press.message);
  }

  // A link to this very bot is opened as its app would: /start with what the link carries.
  follow(url) {
    const found = /[?&]start=([\w-]{1,64})$/.exec(url);
    const own = /^(https?:\/\/)?(t\.me|ble\.ir)\//i.test(url) && url.includes(`/${this.bot.username}?`);
    if (found && own) this.act({act: "start", payload: found[1]});
    return Boolean(found && own);
  }

  async act(asked) {
    this.following = true;
    try {
      await post("/page/act", {phone: this.key, ...asked});
      return true;
    } catch (error) {
      toast(`نشد: ${error.message}`, this.toasts);
      return false;
    }
  }
}
