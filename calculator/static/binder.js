// Puts places into a page: texts as text, lists as clones of their <template>, attributes out of a fixed list.
// The names in the page and what the five data-* attributes mean are told in templates/calculator.html.
const ATTRIBUTES = new Set(
  "aria-invalid aria-label aria-valuetext cx cy d data-row data-state height href id max min name open step value width x x1 x2 y y1 y2".split(" "),
);

const found = new WeakMap(); // what there is to fill in an element, looked for once

/** Fill an element and everything in it, panels left out; `places` holds texts, true, or lists of further places. */
export function bind(element, places) {
  if (!found.has(element)) found.set(element, [...filled(element)]);
  for (const { at, put, show, sets, each, template } of found.get(element)) {
    if (show) at.toggleAttribute("hidden", !places[show] && !at.contains(document.activeElement)); // no focus is lost
    for (const [attribute, name] of sets) setAttribute(at, attribute, places[name]);
    if (put) setText(at, places[put] ?? "");
    else if (each) bindList(at, template, places[each] ?? []);
  }
}

/** Fill what is in an element, such as a panel: it has places of its own. */
export function bindInside(element, places) {
  for (const child of element.children) bind(child, places);
}

function* filled(at) {
  const { put, show, set, each, view } = at.dataset;
  const sets = set?.split(" ").map((pair) => pair.split(":")) ?? [];
  const template = each && (document.getElementById(at.dataset.like) ?? at.querySelector(":scope > :is(template, defs)")); // in a picture, defs is what is not shown
  if (put ?? show ?? set ?? each) yield { at, put, show, sets, each, template };
  if (!put && !each && !view) for (const child of at.children) yield* filled(child);
}

// What has not changed is left alone, so that selections stay and nothing is read out twice.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function setAttribute(element, attribute, value) {
  if (!ATTRIBUTES.has(attribute)) throw new Error(`${attribute} is no attribute for a place`);
  if (attribute === "value") {
    if (value) element.value = value; // what a field shows once somebody used it; a place that is absent leaves it
  } else if (value) {
    if (attribute !== "href" || /^(https?:\/\/|#)/.test(value)) element.setAttribute(attribute, value === true ? "" : value);
  } else if (attribute !== "open") {
    element.removeAttribute(attribute); // but a fold that the visitor opened stays open
  }
}

function bindList(list, template, items) {
  const old = [...list.children].filter((child) => child !== template);
  for (const left of old.splice(items.length)) left.remove();
  for (const [index, item] of items.entries()) {
    const element = old[index] ?? (template.content ?? template).firstElementChild.cloneNode(true);
    bind(element, item);
    if (!old[index]) list.append(element);
  }
}
