// The planner: one enterprise, and its projects one at a time in a form. It moves strings between the forms, the
// address and the worker; every rule, every sentence and every number comes from Python, at build or in the worker.
import { fragment, isSetting, pairs } from "./address.js";
import { bind, bindInside, setText } from "./binder.js";
import { fill, read } from "./form.js";
import { Questions, request } from "./questions.js";
import { save } from "./taking.js";

const PAUSE = 120; // ms without typing before a question is sent
const QUIET = 1000; // ms without a new answer before it is read out
const LONGEST = 400_000; // characters of a plan to be taken in; Python says where it ends, and why

const root = document.querySelector("[data-steunwijzer-planner]");
const [project, enterprise] = root.querySelectorAll("form");
const [pasted, file] = root.querySelectorAll("textarea, [type=file]");
const example = root.querySelector("[data-example]");
const told = root.querySelector("[data-view]");
const live = root.querySelector("[data-live]");
const questions = new Questions(status);

let list = []; // the case as it stands in the address: pairs; those of a project with its number before, as in 1.fee
let current = 1; // the project in the form
let rest = [[], []]; // what the two forms cannot show
let asking, speaking;

// --- the case: forms and address ---

const number = ([name]) => +(/^([1-9]\d*)\./.exec(name)?.[1] ?? 0); // 0 is the enterprise
const of = (wanted) => list.filter((pair) => number(pair) === wanted);
const plain = ([name, value]) => [name.replace(/^\d+\./, ""), value];
const numbered = ([name, value]) => [`${current}.${name}`, value];
const numbers = () => [...new Set(list.map(number))].filter(Boolean);

/** A project of which only the scheme and the day are there. */
function fresh() {
  const now = new Date();
  const [scheme, day] = ["[name=scheme]", "[data-today]"].map((field) => project.querySelector(field));
  return [[scheme.name, scheme.value], [day.name, [now.getDate(), now.getMonth() + 1, now.getFullYear()].join("/")]];
}

/** Take the case out of the forms. */
function collect() {
  const typed = [...read(project), ...rest[1]].map(numbered);
  const all = new Set([...numbers(), current]);
  list = [...read(enterprise), ...rest[0], ...[...all].flatMap((one) => (one === current ? typed : of(one)))];
}

/** Put the case into the forms, with one of its projects. */
function show(wanted = numbers()[0] ?? 1) {
  current = wanted;
  const facts = of(current).map(plain);
  const named = facts.some(([name]) => name === "scheme");
  rest = [fill(enterprise, of(0)), fill(project, named ? facts : [...(facts.length ? fresh().slice(0, 1) : fresh()), ...facts])];
  example.hidden = true;
  changed(0);
}

function load() {
  const given = pairs(location.hash).filter((pair) => !isSetting(pair));
  if (given.length) {
    list = given;
    show();
  } else if (!example.hidden) {
    list = pairs(root.dataset.case);
    changed(0);
  }
}

function remember() {
  if (!example.hidden) return;
  history.replaceState(null, "", `#${fragment(list)}`);
  for (const link of document.querySelectorAll("a[hreflang]")) link.hash = fragment(list);
}

// --- questions and answers ---

function changed(pause = PAUSE) {
  collect();
  remember();
  root.dataset.stale = "";
  clearTimeout(asking);
  asking = setTimeout(() => {
    asking = undefined;
    ask("plan", [], answered);
  }, pause);
}

function ask(key, settings, shown) {
  questions.ask(key, request(root.dataset.language, "plan", list, [["current", `${current}`], ...settings]), shown);
}

function answered({ places, facts }) {
  if (asking) return; // something was typed meanwhile, and is about to be asked
  bind(root, places);
  delete root.dataset.stale;
  list = list.map(([name, value]) => [name, facts?.[name] ?? value]);
  remember();
  clearTimeout(speaking);
  if (example.hidden) speaking = setTimeout(() => setText(live, places.announcement ?? ""), QUIET);
}

function status(now, way) {
  root.dataset.python = now;
  root.dataset.start = way;
  for (const line of root.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== now;
}

/** Let Python read a plan out of a text; the example makes room for it. */
function take(text) {
  if (!text.trim()) return pasted.focus();
  const before = list;
  ask("take", [["pasted", text.slice(0, LONGEST)], ["instead", example.hidden ? "" : "yes"]], (reply) => {
    if (list !== before) return take(text); // something was typed meanwhile: nothing of it is lost
    bindInside(told, reply.places);
    if (!reply.case) return;
    if (!reply.places.notes) pasted.value = "";
    list = Object.entries(reply.case);
    show(+reply.current);
  });
}

// --- what the visitor does ---

const acts = {
  add: () => go("#sw-project", Math.max(0, ...numbers()) + 1),
  edit: (wanted) => go("#sw-project", +wanted),
  remove(wanted) {
    list = list.filter((pair) => number(pair) !== +wanted);
    go("#sw-projects", +wanted === current ? undefined : current);
  },
  clear() {
    list = [];
    go("#sw-project");
  },
  list: () => root.querySelector("#sw-projects").focus(),
  take: () => take(pasted.value),
  save: (kind) => ask("save", [["save", kind]], (reply) => save(reply.file, reply.name)),
  retry: () => changed(0),
};

/** Show a project, and bring the visitor to where it stands. */
function go(place, wanted) {
  show(wanted);
  root.querySelector(place).focus();
}

root.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button) acts[button.name]?.(button.value);
});
root.addEventListener("submit", (event) => event.preventDefault());
for (const [place, form] of [enterprise, project].entries()) {
  form.addEventListener("input", ({ target }) => {
    rest[place] = rest[place].filter(([name]) => name !== target.name);
    example.hidden = true;
    changed();
  });
}
file.addEventListener("change", async () => {
  const [chosen] = file.files;
  file.value = "";
  take(await chosen.text());
});
addEventListener("hashchange", load);
load();
