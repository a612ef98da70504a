// A form is sent once; entries are not lost by leaving the page.
import { each } from "./each.js";

const PAUSE = 8000;

const SENDS = "[method=post i], [hx-post], [hx-put], [hx-patch], [hx-delete]";

export function start() {
  // before htmx and everybody else, so that a second click reaches nobody
  document.addEventListener("submit", once, true);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("[data-ws-sent]").forEach(release);
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.detail.ctx?.sourceElement?.closest?.("form");
    if (form) release(form);
  });
  each("form[data-ws-unsaved]", watch);
  keepWhatIsPressed();
}

// A button that is replaced between the finger's down and up never hears of its click.
function keepWhatIsPressed() {
  let pressed = null;
  document.addEventListener("pointerdown", (event) => (pressed = event.target), true);
  for (const end of ["pointerup", "pointercancel"]) {
    // the click comes after pointerup, in the same turn
    document.addEventListener(end, () => setTimeout(() => (pressed = null)), true);
  }
  document.addEventListener("htmx:before:swap", (event) => {
    const place = event.detail.ctx.target;
    const button = pressed?.closest?.("button, a[href]");
    if (button && place?.contains?.(button)) event.preventDefault();
  });
}

function once(event) {
  const form = event.target;
  if (!form.matches(SENDS) || form.matches("[data-ws-theme]")) return;
  if (form.dataset.wsSent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.wsSent = "1";
  // not `disabled`: a disabled button would not send its own name and value
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), PAUSE);
}

function release(form) {
  delete form.dataset.wsSent;
  form.querySelectorAll('[aria-busy="true"]').forEach((one) => one.removeAttribute("aria-busy"));
}

function watch(form) {
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  window.addEventListener("beforeunload", (event) => {
    if (changed && form.isConnected) event.preventDefault();
  });
}
