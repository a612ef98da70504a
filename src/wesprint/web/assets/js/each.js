// What every module needs: run for elements on the page and for those that htmx brings later.

/** Calls `act(element)` once for each element that matches, now and after every swap. */
export function each(selector, act) {
  const done = new WeakSet();
  const sweep = (root) => {
    const found = root.matches?.(selector) ? [root] : [];
    for (const element of [...found, ...root.querySelectorAll(selector)]) {
      if (done.has(element)) continue;
      done.add(element);
      act(element);
    }
  };
  const now = () => sweep(document);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", now);
  else now();
  document.addEventListener("htmx:after:process", (event) => sweep(event.target));
}

/** Says something to the screen reader without moving the focus. */
export function announce(text) {
  const region = document.getElementById("ws-live");
  if (!region) return;
  region.textContent = "";
  // a changed text is read, the same text set again is not: hence the empty moment between
  requestAnimationFrame(() => (region.textContent = text));
}
