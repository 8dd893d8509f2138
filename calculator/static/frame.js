// The frame's side of an embed: its height, its host's settings, and messages with the page around it.
// What version 1 of these messages promises is told on the page about embedding.
import { fragment, isSetting, isTold, pairs } from "./address.js";
import { accents, size } from "./look.js";

const settings = new Map(pairs(location.hash).filter(isSetting));
const shared = settings.get("_share") === "outcome";
let host; // the window and origin that said hello: from then on nobody else is answered
let last; // the newest outcome
let height;

// --- what the host sees ---

function tell(type, content) {
  host?.window.postMessage({ steunwijzer: 1, type, ...content }, host.origin);
}

function share() {
  if (!shared || !last) return;
  if (last.errors.length) tell("error", { errors: last.errors });
  else tell("outcome", { outcome: last });
}

function measure() {
  const now = Math.ceil(document.querySelector(".sw-embed").getBoundingClientRect().height);
  if (now !== height) tell("height", { height: (height = now) });
  // Once the host follows the height there is nothing left to scroll.
  if (host && innerHeight >= now) document.documentElement.dataset.followed = "";
}

// --- what the host says ---

const said = {
  hello() {
    tell("ready", { contract: 1 });
    height = undefined;
    measure();
    share();
  },
  // The case as the host knows it, in place of what the form holds.
  facts({ facts }) {
    if (typeof facts !== "object" || facts === null || Array.isArray(facts)) return;
    const now = pairs(location.hash).filter((pair) => !isTold(pair));
    const kept = now.filter(isSetting);
    const list = Object.entries(facts).map(([name, value]) => [name, typed(value)]);
    const wanted = `#${fragment([...list, ...kept])}`;
    if (wanted === `#${fragment(now)}`) share();
    else location.replace(wanted);
  },
  language({ language }) {
    const others = [...document.querySelectorAll("link[hreflang]")];
    const other = others.find((link) => link.hreflang === language);
    if (other) location.replace(other.href + location.hash);
  },
};

/** A fact's value as a person would type it. */
function typed(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.join("+");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

addEventListener("message", ({ data, source, origin }) => {
  if (data?.steunwijzer !== 1 || source !== parent || source === self) return;
  if (!Object.hasOwn(said, data.type)) return;
  if (data.type === "hello" && !host && origin !== "null") host = { window: source, origin };
  if (host && origin === host.origin) said[data.type](data);
});

addEventListener("steunwijzer:answer", ({ detail }) => {
  last = detail;
  share();
});

// --- settings ---

document.querySelector("[data-shared]").hidden = !shared;

for (const [name, value] of accents(settings.get("_accent"))) document.documentElement.style.setProperty(name, value);
document.documentElement.style.fontSize = size(settings.get("_size"));

// The provider's number is that of the service chosen: _training_number, _advice_number.
const number = document.querySelector("[name=provider_number]");
const presets = new Map();
for (const [name, value] of settings) {
  const service = /^_([a-z]+)_number$/.exec(name)?.[1];
  if (service) presets.set(service, value);
}
function preset() {
  const service = document.querySelector("[name=service]")?.value;
  if (!number || (number.value && ![...presets.values()].includes(number.value))) return;
  const wanted = presets.get(service) ?? "";
  if (presets.size && number.value !== wanted) {
    number.value = wanted;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

addEventListener("input", preset);
addEventListener("steunwijzer:answer", preset);
new ResizeObserver(measure).observe(document.querySelector(".sw-embed"));
addEventListener("resize", measure);
