// The calculator in a page. It moves strings between the form, the address and the worker; every rule, every
// sentence and every number comes from Python, at build or in the worker.
import { fragment, isSetting, isTold, pairs } from "./address.js";
import { bind, bindInside, setText } from "./binder.js";
import { fill, put, read, unknown } from "./form.js";
import { Questions, request } from "./questions.js";
import { takeAlong } from "./taking.js";

const PAUSE = 120; // ms without typing before a question is sent
const CALM = 300; // ms without a change before the open panels are asked
const QUIET = 1000; // ms without a new answer before it is read out
const STEP = self === top ? "pushState" : "replaceState"; // the history of a frame is that of the page around it

for (const root of document.querySelectorAll("[data-steunwijzer-calculator]")) start(root);

function start(root) {
  const form = root.querySelector("form");
  const live = root.querySelector("[data-live]");
  const day = form.querySelector("[data-today]");
  const cards = form.querySelector("[data-cards]");
  let settings = []; // pairs of the address that are no facts
  let shared = false; // whether the case is still the one that somebody shared by its address
  let rest = []; // pairs of facts that no field can show: answered all the same, most often by an error
  let wanted = 0; // the newest question; an answer to an older one is dropped
  let known = {}; // the facts as Python read them
  let at = form; // where the visitor is: nothing moves there by itself
  let here; // the address as it was last written: where it is another one, the visitor has gone there
  let step; // the field whose changes are one step of the history
  let touched = false; // whether the visitor did something: before that, nothing is read out
  let question; // as it was asked last
  let asking, calming, speaking;
  const questions = new Questions(status);
  const asides = new Questions(() => {}); // the panels': with a Python of their own none delays the answer
  const panels = [...root.querySelectorAll("[data-view]")];
  const lines = root.querySelectorAll("[data-when]");
  const links = document.querySelectorAll("a[data-carry], a[hreflang]");

  // --- the case: form and address ---

  function load() {
    const list = pairs(location.hash);
    if (wanted && !list.length) return; // a link to a heading of this page: the case stays
    settings = list.filter(isSetting);
    const given = list.filter((pair) => !isSetting(pair));
    shared = given.length > 0;
    if (given.length) {
      const scheme = given.find(([name]) => name === "scheme")?.[1];
      const own = read(form).find(([name]) => name === "scheme")?.[1];
      const { elsewhere } = root.dataset;
      if (elsewhere && scheme && scheme !== own) return location.replace(elsewhere + location.hash);
      rest = fill(form, given);
      if (!scheme) put(form, "scheme", own ?? "");
    }
    if (!given.some(([name]) => name === day.name)) put(form, day.name, today().join("/"));
    changed(0);
  }

  const facts = () => [...read(form), ...rest];

  function changed(pause = PAUSE, way = "replaceState") {
    if (!shared) settings = settings.filter((pair) => !isTold(pair));
    remember(facts(), [], way);
    root.dataset.stale = ""; // until the answer is there, nothing says what was understood
    wanted += 1;
    asides.forget();
    questions.forget();
    clearTimeout(calming);
    clearTimeout(asking);
    asking = setTimeout(ask, pause);
  }

  function remember(list, told, way = "replaceState") {
    if (!touched && location.hash && !pairs(location.hash).length) return; // it leads to a heading
    history[way](null, "", `#${fragment([...list, ...settings, ...told])}`);
    here = location.hash;
    for (const link of links) link.hash = fragment(list);
  }

  // --- questions and answers ---

  function ask() {
    const number = wanted;
    question = request(root.dataset.language, "calculator", facts(), shared ? settings : []);
    questions.ask("calculator", question, (reply) => number === wanted && show(reply));
  }

  // A panel is asked for only while it is open. Its inputs are settings: no facts of the case.
  function askPanel(panel) {
    if (panel.open === false || panel.hidden) return;
    const fields = [...panel.querySelectorAll("[data-setting]")];
    const chosen = fields.filter((field) => !/^(radio|checkbox)$/.test(field.type) || field.checked);
    const settings = chosen.map((field) => [field.dataset.setting, field.value]);
    const { view } = panel.dataset;
    const number = wanted;
    panel.setAttribute("aria-busy", "true");
    const python = panel.open ? asides : questions; // what cannot be folded is quick
    python.ask(view, request(root.dataset.language, view, facts(), settings), ({ places }) => {
      if (number !== wanted) return; // it is asked again once the answer is there
      bindInside(panel, places);
      panel.removeAttribute("aria-busy");
    });
  }

  function show({ places, outcome, facts: read, settings: told }) {
    known = read;
    if (touched || shared) root.querySelector("[data-example]").hidden = true;
    still(() => {
      if (at === form) for (const card of cards.querySelectorAll(":scope > [open]")) card.open = false; // the example's
      bind(root, places);
      arrange(places.questions ?? []);
      fold();
    });
    delete root.dataset.stale;
    // What the address wrote in another way ("ja" for "yes") can be shown once Python has read it.
    rest = rest.filter(([name, value]) => !(known[name] && known[name] !== value && put(form, name, known[name])));
    if (!touched) go(settings.find(([name]) => name === "_open")?.[1]);
    calming = setTimeout(calm, CALM, told);
    clearTimeout(speaking);
    if (touched) speaking = setTimeout(() => setText(live, places[live.dataset.live] ?? ""), QUIET);
    root.dispatchEvent(new CustomEvent("steunwijzer:answer", { bubbles: true, detail: outcome }));
  }

  function calm(told) {
    if (location.hash === here) {
      remember(facts().map(([name, value]) => [name, known[name] ?? value]), shared ? [] : Object.entries(told));
    }
    panels.forEach(askPanel);
    questions.practise(question);
  }

  function status(now, way = "", misses = "") {
    root.dataset.python = now;
    root.dataset.start = way;
    root.dataset.misses = misses;
    for (const line of lines) line.hidden = line.dataset.when !== now;
  }

  // --- the cards ---

  /** Change the form without moving what the visitor is at. */
  function still(change) {
    const before = place();
    change();
    scrollBy({ top: place() - before, behavior: "instant" });
  }

  const place = () => (at.getClientRects().length ? at : form).getBoundingClientRect().top;
  const answered = (card) => card.querySelector(".sw-given").textContent !== "";

  /** Put the questions that are open behind the others, those that decide most first. */
  function arrange(questions) {
    const found = questions.map(({ field }) => root.querySelector(field)?.closest("[data-card]"));
    const open = found.filter((card) => card?.parentElement === cards && !answered(card) && !card.contains(at));
    const last = [...cards.children].slice(-open.length);
    if (open.some((card, index) => card !== last[index])) cards.append(...open);
  }

  /** Fold the cards that were answered, save where the visitor is; but only as far as the page can scroll along. */
  function fold(room = scrollY) {
    for (const card of cards.querySelectorAll(":scope > [open]")) {
      if (!answered(card) || card.contains(at)) continue;
      const before = place();
      card.open = false;
      if ((room += place() - before) >= 0) continue;
      card.open = true;
      break;
    }
  }

  /** Go to a place in the calculator; the address keeps the case. */
  function go(id) {
    const target = document.getElementById(id);
    if (!target) return;
    for (let up = target; (up = up.closest("details")); up = up.parentElement) up.open = true;
    at = target;
    fold(Infinity);
    (target.open ? target.firstElementChild : target).focus({ preventScroll: true });
    (target.closest("[data-card]") ?? target).scrollIntoView({ block: "start" });
  }

  // --- what the visitor does ---

  function edited(name) {
    rest = rest.filter(([other]) => other !== name);
    touch();
    changed(PAUSE, name && name === step ? "replaceState" : STEP);
    step = name;
  }

  for (const type of ["focusin", "click", "input"]) form.addEventListener(type, ({ target }) => (at = target));
  form.addEventListener("input", ({ target }) => {
    const { pick, setting } = target.dataset;
    if (setting) return;
    if (pick) put(form, pick, target.value.split("-").reverse().join("/"));
    else unknown(form, target.name, false);
    edited(pick ?? target.name);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.type === "text") step = undefined;
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  root.querySelector("[data-retry]").addEventListener("click", () => changed(0));
  root.querySelector("[data-clear]").addEventListener("click", () => {
    const scheme = read(form).filter(([name]) => name === "scheme");
    rest = fill(form, [...scheme, [day.name, today().join("/")]]);
    edited();
  });
  root.addEventListener("click", (event) => {
    const { target } = event;
    const link = target.closest('a[href^="#"]');
    if (link) {
      event.preventDefault();
      const id = link.hash.slice(1);
      if (link.dataset.keep !== undefined) {
        settings = [...settings.filter(([name]) => name !== "_open"), ["_open", id]];
        changed(0); // the address leads there now
      }
      go(id);
    } else if (target.dataset.unknown) {
      put(form, target.dataset.unknown, "");
      edited(target.dataset.unknown);
    } else if (target.dataset.take !== undefined) {
      if (put(form, target.name, target.value)) edited(target.name);
    } else if (target.dataset.use !== undefined) {
      for (const sum of target.closest("[data-view]").querySelectorAll("[data-give]")) put(form, sum.dataset.give, sum.value);
      edited();
    } else if (target.dataset.remove !== undefined) {
      edited(target.closest("[data-row]").dataset.row);
      root.querySelector("#sw-answer").focus();
    } else if (target.dataset.pick) {
      target.value = known[target.dataset.pick] ?? "";
      try {
        target.showPicker();
        event.preventDefault();
      } catch {
        // In a frame of another site: there the field opens by itself, or not at all.
      }
    }
  });
  for (const panel of panels) {
    let typing;
    panel.addEventListener("toggle", () => askPanel(panel));
    panel.addEventListener("input", ({ target }) => {
      clearTimeout(typing);
      typing = setTimeout(askPanel, target.type === "range" ? 0 : PAUSE, panel);
    });
  }

  function touch() {
    touched = true;
    shared = false;
  }

  takeAlong(root.querySelector("[data-view=along]"));
  addEventListener("hashchange", () => {
    step = undefined;
    load();
  });
  load();
}

/** The visitor's day, as day, month and year. */
function today() {
  const now = new Date();
  return [now.getDate(), now.getMonth() + 1, now.getFullYear()];
}
