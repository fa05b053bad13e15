// The page: builds the phones from the server's state and keeps them true by its events.

import {markOutages, showControls} from "./controls.js";
import {el, persian, post, toast} from "./dom.js";
import {Board} from "./map.js";
import {Phone, PLATFORMS} from "./phone.js";

const phones = new Map();
const byId = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 699px)");

function begin({phones: told, status, map, resettable}) {
  const same = told.length === phones.size && told.every((each) => phones.get(each.key)?.person === each.person);
  if (same) told.forEach((each) => phones.get(each.key).update(each));
  else build(told, new Board(map));
  byId("reset").hidden = !resettable;
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
}

function tab(phone) {
  return el("button", {type: "button", "data-key": phone.key, class: phone.platform, onclick: () => select(phone.key)},
    el("span", {}, phone.name), el("small", {}, PLATFORMS[phone.platform]), el("span", {class: "badge", hidden: true}));
}

function markTab(phone) {
  const badge = document.querySelector(`#tabs [data-key="${phone.key}"] .badge`);
  badge.hidden = !phone.unread;
  badge.textContent = persian(phone.unread);
  badge.setAttribute("aria-label", `${persian(phone.unread)} پیام تازه`);
  const all = [...phones.values()].reduce((sum, each) => sum + each.unread, 0);
  document.title = all ? `(${persian(all)}) شهر۱۳۷ · نمایش` : "شهر۱۳۷ · نمایش";
}

// On a narrow window one phone is seen at a time.
function select(key) {
  document.querySelectorAll("#tabs button").forEach((each) => {
    if (each.dataset.key === key) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  });
  phones.forEach((phone) => phone.element.classList.toggle("chosen", phone.key === key));
  take(phones.get(key));
  if (narrow.matches) phones.get(key).toEnd(true);
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
