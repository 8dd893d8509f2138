// The form as pairs of a fact's name and what was typed, and back. It knows no fact.

/** What the form holds. What was never answered is left out; that somebody does not know, or cleared the day, is kept. */
export function read(form) {
  const scheme = form.elements.scheme?.value;
  const found = new Map(scheme && [["scheme", scheme]]); // first, as people read an address
  const belongs = belonging(form);
  for (const field of form.elements) {
    if (!field.name || field.name === "scheme" || !belongs(field)) continue;
    if (/^(radio|checkbox)$/.test(field.type) ? !field.checked : !field.value && field.dataset.today === undefined) continue;
    const before = found.get(field.name);
    found.set(field.name, before === undefined ? field.value : `${before}+${field.value}`);
  }
  for (const button of form.querySelectorAll("[data-unknown][aria-pressed=true]")) {
    const name = button.dataset.unknown;
    if (belongs(button) && !found.has(name)) found.set(name, "");
  }
  return [...found];
}

/** Fill the form with these pairs and nothing else; returns the pairs that no field can show. */
export function fill(form, list) {
  for (const field of form.elements) {
    if (/^(radio|checkbox)$/.test(field.type)) field.checked = false;
    else if (field.name && field.type !== "hidden") field.value = "";
    if (field.name) unknown(form, field.name, false);
  }
  for (const [name, value] of list) if (name === "scheme") put(form, name, value);
  const belongs = belonging(form);
  const seen = new Set();
  return list.filter(([name, value]) => {
    const taken = !seen.has(name) && put(form, name, value, belongs);
    seen.add(name);
    return !taken;
  });
}

/** Put one value into its field; whether the field could take it. */
export function put(form, name, value, belongs = belonging(form)) {
  const fields = [...form.elements].filter((field) => field.name === name && belongs(field));
  if (fields.length === 0) return false;
  unknown(form, name, value === "");
  if (fields[0].type === "checkbox") {
    const chosen = value.split("+");
    for (const field of fields) field.checked = chosen.includes(field.value);
    return chosen.every((one) => fields.some((field) => field.value === one)) || value === "";
  }
  if (fields[0].type === "radio") {
    for (const field of fields) field.checked = field.value === value;
    return fields.some((field) => field.checked);
  }
  fields[0].value = value;
  return fields[0].value === value;
}

/** Note on the button of a fact, where it has one, whether somebody said not to know it. */
export function unknown(form, name, said) {
  form.querySelector(`[data-unknown="${name}"]`)?.setAttribute("aria-pressed", said);
}

/** Whether a field is one of the chosen scheme's. Another's keeps what was typed, for when it is chosen again. */
function belonging(form) {
  const scheme = form.elements.scheme?.value;
  const of = (element) => element.dataset.schemes.split(" ").includes(scheme);
  const known = [...form.querySelectorAll("[data-schemes]")].some(of);
  return (field) => {
    const card = field.closest("[data-schemes]");
    return !card || !known || of(card);
  };
}
