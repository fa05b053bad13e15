// The page: builds the phones from the server's state and keeps them true by its events.

import {Clock} from "./clock.js";
import {markOutages, showControls} from "./controls.js";
import {el, persian, post, toast} from "./dom.js";
import {Edges} from "./edges.js";
import {Board} from "./map.js";
import {Phone, PLATFORMS, ROLES, SHORT_ROLES} from "./phone.js";
import {Story} from "./story.js";

const phones = new Map();
const byId = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 699px)");
const clock = new Clock();
const story = new Story(phones, select);
const edges = new Edges(byId("phones"), phones);

function begin({phones: told, status, clock: time, story: played, map, resettable}) {
  const same = told.length === phones.size && told.every((each) => phones.get(each.key)?.person === each.person);
  if (same) told.forEach((each) => phones.get(each.key).update(each));
  else build(told, new Board(map));
  byId("reset").hidden = !resettable;
  clock.update(time);
  story.update(played);
  heed(status);
}

function build(told, board) {
  phones.clear();
  told.forEach((each) => phones.set(each.key, new Phone(each, board)));
  byId("phones").replaceChildren(...[...phones.values()].map((phone) => phone.element));
  byId("tabs").replaceChildren(...[...phones.values()].map(tab));
  phones.forEach((phone) => {
    phone.onunread = () => markTab(phone);
    phone.ontouched = () => take(phone);
  });
  select(told[0].key);
  phones.forEach((phone) => phone.toEnd(true));
  edges.update();
}

// Whose phone it is: role and name. A dot has the platform's colour, until unread messages take its place.
function tab(phone) {
  const title = `${ROLES[phone.role]}، ${PLATFORMS[phone.platform]}`;
  return el("button", {type: "button", "data-key": phone.key, class: phone.platform, title, onclick: () => select(phone.key)},
    el("small", {}, SHORT_ROLES[phone.role]),
    el("span", {}, el("i", {class: "dot", role: "img", "aria-label": PLATFORMS[phone.platform]}),
      el("span", {class: "badge", hidden: true}), phone.name));
}

function markTab(phone) {
  const badge = document.querySelector(`#tabs [data-key="${phone.key}"] .badge`);
  badge.hidden = !phone.unread;
  badge.textContent = persian(phone.unread);
  badge.setAttribute("aria-label", `${persian(phone.unread)} پیام تازه`);
  const all = [...phones.values()].reduce((sum, each) => sum + each.unread, 0);
  edges.update();
  document.title = all ? `(${persian(all)}) شهر۱۳۷ · نمایش` : "شهر۱۳۷ · نمایش";
}

// On a narrow window one phone is seen at a time; on a wide one it is brought into view.
function select(key) {
  document.querySelectorAll("#tabs button").forEach((each) => {
    if (each.dataset.key === key) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  });
  phones.forEach((phone) => phone.element.classList.toggle("chosen", phone.key === key));
  take(phones.get(key));
  if (narrow.matches) {
    phones.get(key).toEnd(true);
    document.querySelector(`#tabs [data-key="${key}"]`).scrollIntoView({inline: "nearest", block: "nearest"});
  } else {
    edges.show(phones.get(key));
  }
}

// What arrives on the phone in hand is read at once; the others ring.
function take(phone) {
  phones.forEach((each) => { each.current = each === phone; });
  phone.read();
}

function heed(status) {
  showControls(byId("controls"), status);
  markOutages(phones.values(), status);
}

const heard = {
  message: (phone, told) => phone.take(told.message, told.keyboard),
  edited: (phone, told) => phone.take(told.message, told.keyboard),
  deleted: (phone, told) => phone.remove(told.message),
  pressed: (phone, told) => phone.tapped(told.message, told.data),
  toast: (phone, told) => phone.settle(told.text, told.alert),
  action: (phone, told) => phone.acts(told.action),
};

function listen() {
  const source = new EventSource("/page/events");
  source.onopen = () => { byId("line").hidden = true; };
  source.onerror = () => {
    byId("line").hidden = false;
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1500);
  };
  source.addEventListener("state", (event) => begin(JSON.parse(event.data)));
  source.addEventListener("status", (event) => heed(JSON.parse(event.data)));
  source.addEventListener("clock", (event) => clock.turned(JSON.parse(event.data)));
  source.addEventListener("story", (event) => story.update(JSON.parse(event.data)));
  for (const [name, act] of Object.entries(heard)) {
    source.addEventListener(name, (event) => {
      const told = JSON.parse(event.data);
      const phone = phones.get(told.phone);
      if (phone) act(phone, told);
    });
  }
}

byId("controls-open").onclick = (event) => {
  byId("controls").hidden = !byId("controls").hidden;
  event.currentTarget.setAttribute("aria-expanded", String(!byId("controls").hidden));
};
byId("help-open").onclick = () => byId("help").showModal();
byId("reset").onclick = async () => {
  if (!confirm("همه‌چیز از نو؟ گفت‌وگوها و گزارش‌های این نمایش پاک می‌شوند.")) return;
  await post("/page/reset", {}).catch((error) => toast(`نشد: ${error.message}`));
};
addEventListener("focus", () => phones.forEach((phone) => phone.current && phone.read()));
document.addEventListener("keydown", (event) => {
  const key = event.altKey && [...phones.keys()][Number(event.code.replace("Digit", "")) - 1];
  if (!key) return;
  event.preventDefault();
  select(key);
  const {composer} = phones.get(key);
  (composer.line.hidden ? composer.startButton : composer.box).focus();
});
listen();
