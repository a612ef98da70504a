// input[data-ws-address] asks that address for suggestions and shows them as a combobox (ARIA APG:
// editable, with list autocomplete). Without script it is a text field like any other.
// data-ws-parts="postcode=ID,town=ID": fields that a chosen suggestion fills as well.
import { announce, each } from "./each.js";

const PAUSE = 120; // milliseconds without a key before anything is asked
const SHORTEST = 3;
let lists = 0;

export function start() {
  each("input[data-ws-address]", (input) => {
    const list = input.parentElement.querySelector(":scope > [role=listbox]") ?? listBelow(input);
    list.id ||= `ws-address-${++lists}`;
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off",
    })) input.setAttribute(name, value);
    let timer;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      place(input, "");
      timer = setTimeout(() => ask(input, list), PAUSE);
    });
    input.addEventListener("keydown", (event) => key(event, input, list));
    input.addEventListener("blur", () => close(input, list));
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", ({ target }) => choose(input, list, target.closest("[role=option]")));
  });
}

/** For a field that a form made without the widget of web.maps.fields. */
function listBelow(input) {
  const box = Object.assign(document.createElement("div"), { className: "ws-address" });
  const list = Object.assign(document.createElement("ul"), { className: "ws-address__list", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.wsLabel);
  input.replaceWith(box);
  box.append(input, list);
  return list;
}

async function ask(input, list) {
  input.wsAsked?.abort();
  const typed = input.value.trim();
  if (typed.length < SHORTEST) return close(input, list);
  const turn = (input.wsAsked = new AbortController());
  try {
    const address = `${input.dataset.wsAddress}?q=${encodeURIComponent(typed)}`;
    const answer = await fetch(address, { signal: turn.signal, headers: { "HX-Request": "true" } });
    if (!answer.ok) return close(input, list);
    show(input, list, await answer.text());
  } catch {
    // a newer question, or no net: the address can be typed without
  }
}

function show(input, list, html) {
  list.innerHTML = html;
  const found = options(list);
  found.forEach((option, at) => {
    option.id = `${list.id}-${at}`;
    option.setAttribute("aria-selected", "false");
  });
  if (!found.length || document.activeElement !== input) return close(input, list);
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  input.removeAttribute("aria-activedescendant");
  announce(found.map((option) => option.textContent.trim().replace(/\s+/g, " ")).slice(0, 3).join("; "));
}

const options = (list) => [...list.querySelectorAll("[role=option]")];

function close(input, list) {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function key(event, input, list) {
  const open = !list.hidden;
  const act = {
    ArrowDown: () => (open ? step(input, list, 1) : ask(input, list)),
    ArrowUp: () => open && step(input, list, -1),
    Escape: () => close(input, list),
    Enter: () => choose(input, list, active(input)),
  }[event.key];
  if (!act || (event.key === "Enter" && !active(input)) || (event.key === "Escape" && !open)) return;
  event.preventDefault();
  act();
}

const active = (input) => document.getElementById(input.getAttribute("aria-activedescendant"));

function step(input, list, by) {
  const found = options(list);
  const at = found.indexOf(active(input));
  const next = found[at < 0 && by < 0 ? found.length - 1 : (at + by + found.length) % found.length];
  for (const option of found) option.setAttribute("aria-selected", String(option === next));
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

function choose(input, list, option) {
  if (!option) return;
  const { wsParts: parts } = input.dataset;
  const goesOn = "wsGoesOn" in option.dataset;
  input.value = parts && !goesOn ? option.dataset.wsStreet : option.dataset.wsValue;
  for (const part of parts && !goesOn ? parts.split(",") : []) {
    const [name, id] = part.split("=");
    document.getElementById(id).value = option.dataset[name === "town" ? "wsTown" : "wsPostcode"];
  }
  close(input, list);
  // a street alone wants its number: the list stays with it
  if (!goesOn) place(input, option.dataset.wsPlace);
}

/** The pin on the map follows; what the form sends is only a pin that somebody has moved. */
function place(input, at) {
  const pin = document.getElementById(`${input.id}_pin`);
  if (!pin) return;
  pin.value = "";
  pin.dataset.wsAt = at; // also for a map that is opened later
  pin.dispatchEvent(new Event("ws:place"));
}
