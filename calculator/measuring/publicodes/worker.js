// The amounts by publicodes, in a worker: a request as our own worker gets it in, each amount with both its ends out.
// calculator/measuring/peer.py writes `model.json`: the rules, what kind each fact is of, what each scheme is asked for.
import Engine from "publicodes";
import { kinds, rules, wanted } from "./model.json";

const DAY = 24 * 60 * 60 * 1000; // ms

const engine = new Engine(rules);

/** The amounts in cents, each as its least and its greatest; one that the law has no value for is left out. */
export function amounts(facts) {
  const situation = { ...spans(facts) };
  for (const [name, value] of Object.entries(facts)) Object.assign(situation, read(name, value));
  for (const name in situation) if (!(name in rules)) delete situation[name]; // it bears on no amount
  const found = {};
  evaluate(facts.scheme, situation, found);
  if (engine.evaluate("disputed").nodeValue) evaluate(facts.scheme, { ...situation, most: "oui" }, found);
  return found;
}

function evaluate(scheme, situation, found) {
  engine.setSituation(situation);
  for (const [amount, rule] of wanted[scheme]) {
    const value = engine.evaluate(rule).nodeValue;
    if (typeof value !== "number") continue;
    const [least, greatest] = found[amount] ?? [value, value];
    found[amount] = [Math.min(least, value), Math.max(greatest, value)];
  }
}

/** What publicodes is told of one fact. */
function read(name, value) {
  if (value === "") return {};
  const text = [value].flat().join("+");
  const known = { [`${name}_known`]: "oui" };
  switch (kinds[name]) {
    case "choice":
      return { [name]: `'${text}'` };
    case "yes_no":
      return { [name]: text === "yes" || text === "true" ? "oui" : "non", ...known };
    case "date":
      return { [name]: Date.parse(text) / DAY, ...known };
    case "whole":
      return { [name]: Number(text) };
    case "hundredths":
      return { [name]: Math.round(Number(text) * 100), ...known };
    case "set":
      return Object.fromEntries(text.split("+").map((option) => [option, "oui"]));
    case "committee_number":
      return { [name]: `'${text}'`, [`${name}_main`]: `'${text.split(".")[0]}'` };
  }
}

/** Spans of time, which publicodes has no words for. */
function spans(facts) {
  const { application_date, service_start, service_end, project_start, project_end } = facts;
  return {
    application_year: year(application_date),
    ...(service_end && { service_end_year: year(service_end), service_months: months(service_start, service_end) }),
    ...(project_end && { project_months_taken: months(project_start, project_end) }),
  };
}

function year(day) {
  return Number(day.split("-")[0]);
}

/** The months that have begun between two days. */
function months(from, to) {
  const [[fromYear, fromMonth, fromDay], [toYear, toMonth, toDay]] = [from, to].map((day) => day.split("-").map(Number));
  return (toYear - fromYear) * 12 + toMonth - fromMonth + (toDay > fromDay ? 1 : 0);
}

if (globalThis.WorkerGlobalScope) {
  onmessage = ({ data: { number, request } }) => {
    const { facts } = JSON.parse(new TextDecoder().decode(request));
    const reply = new TextEncoder().encode(JSON.stringify(amounts(facts)));
    postMessage({ number, reply });
  };
}
