// The story that plays by itself. The server does a step when it is asked to; the pauses are made here.

import {el, icon, persian, post, toast} from "./dom.js";
import {PLATFORMS, ROLES} from "./phone.js";

const LEAD = 1200;  // milliseconds to read what is going to happen, and to look at the phone where it will
const PAUSE = 3000;  // milliseconds to see what has happened
const OVER = "داستان به پایان رسید. حالا نوبت شماست: در گوشی یک شهروند گزارش خودتان را بنویسید.";
const STUCK = "داستان این‌جا ایستاد: دکمه یا پاسخی که باید می‌آمد نیامد. شاید در میانهٔ آن در همین گوشی کاری کرده‌اید. «دوباره» را بزنید؛ اگر باز ایستاد، «از نو» همه‌چیز را تازه می‌کند.";
const byId = (id) => document.getElementById(id);

export class Story {
  // `choose` brings a phone, by its key, to the front.
  constructor(phones, choose) {
    Object.assign(this, {phones, choose, steps: [], at: -1, state: "idle"});
    this.shown = -1;  // the step whose caption is read; runs ahead of `at` for a moment
    this.plays = false;  // here, by itself; in another window, or paused, one only watches
    this.build();
  }

  build() {
    this.place = byId("story");
    this.opener = byId("story-open");
    this.opener.onclick = () => this.begin();
    this.where = el("small", {class: "where"});
    this.caption = el("p", {role: "status"});
    this.bar = el("span", {class: "way", "aria-hidden": "true"});
    const button = (title, onclick, ...inside) => el("button", {type: "button", class: "tool", title, onclick}, inside);
    this.again = button("Play it again", () => this.begin(), ...face("play", "دوباره"));
    this.toggle = button("Pause, or go on by itself", () => (this.plays ? this.pause() : this.goOn()));
    this.further = button("The next step, now", () => this.ask(this.coming()), ...face("next", "گام بعد"));
    this.leaves = button("Leave the story", () => this.leave(), ...face("close", "پایان"));
    this.place.replaceChildren(el("div", {class: "told"}, this.where, this.caption),
      el("div", {class: "steps"}, this.again, this.toggle, this.further, this.leaves), this.bar);
  }

  // What the server tells

  update({steps, at, state}) {
    Object.assign(this, {steps, at, state});
    clearTimeout(this.timer);
    this.shown = at;
    if (state !== "acting" && state !== "waiting") this.plays = false;
    if (state === "waiting" && this.plays) this.timer = setTimeout(() => this.go(at + 1), PAUSE);
    this.draw();
  }

  // What one does here

  begin() {
    this.plays = true;
    this.go(0);
  }

  // The caption first, the step a moment later.
  go(number) {
    clearTimeout(this.timer);
    this.shown = number;
    this.draw();
    this.timer = setTimeout(() => this.ask(number), LEAD);
  }

  // The step whose caption is read already, else the one after the last.
  coming() {
    return this.shown === this.at ? this.at + 1 : this.shown;
  }

  async ask(number) {
    if (this.state === "acting") return;
    clearTimeout(this.timer);
    try {
      await post("/page/story", {step: number});
    } catch {  // another window was first, or nobody answers: it may be gone on with
      this.pause();
    }
  }

  pause() {
    clearTimeout(this.timer);
    this.plays = false;
    this.draw();
  }

  goOn() {
    this.plays = true;
    if (this.state === "acting") this.draw();
    else this.go(this.coming());
  }

  async leave() {
    this.shown = this.at;  // the server may not know yet that a first step was coming
    this.pause();
    await post("/page/story", {step: null}).catch((error) => toast(`نشد: ${error.message}`));
  }

  // Drawing

  draw() {
    const step = this.steps[this.shown];
    const beginning = this.shown !== this.at;  // its caption is read, and nothing has happened yet
    const ended = !beginning && (this.state === "over" || this.state === "stuck");
    this.opener.hidden = !this.steps.length;
    this.opener.disabled = Boolean(step);
    this.place.dataset.state = this.state;
    this.place.hidden = !step;
    document.body.classList.toggle("telling", Boolean(step));
    this.look(step);
    if (!step) return;
    this.place.classList.toggle("stuck", ended && this.state === "stuck");
    this.tell(step, ended ? {over: OVER, stuck: STUCK}[this.state] : step.caption);
    this.again.hidden = !ended;
    this.toggle.hidden = this.further.hidden = ended;
    this.toggle.replaceChildren(...(this.plays ? face("pause", "مکث") : face("play", "ادامه")));
  }

  tell(step, words) {
    const {name, role, platform} = this.phones.get(step.phone);
    this.where.textContent = `گام ${persian(this.shown + 1)} از ${persian(this.steps.length)} · گوشی ${name}، ${ROLES[role]} (${PLATFORMS[platform]})`;
    if (this.caption.textContent !== words) this.caption.textContent = words;
    this.bar.style.inlineSize = `${100 * (this.shown + 1) / this.steps.length}%`;
  }

  // The phone of the step is marked; it is brought to the front once a step, so that one may look elsewhere meanwhile.
  look(step) {
    this.phones.forEach((phone) => phone.element.classList.toggle("acts", phone.key === step?.phone));
    if (step && this.looked !== this.shown) this.choose(step.phone);
    this.looked = this.shown;
  }
}

const face = (name, words) => [icon(name), el("span", {}, words)];
