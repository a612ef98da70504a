// A hand scanner types like a very fast keyboard and ends with Enter. What it read is sent as the
// event `ws:scan` (detail: the code) to the focused element, else to the body; it bubbles.
// An element with data-ws-scan takes it: an input gets the value and its form is sent.
// A form with data-ws-scans goes on scanning: its input is emptied as soon as it is sent.
const FAST = 45;
const SHORTEST = 4;

export function start() {
  let read = "";
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const pause = event.timeStamp - last;
    last = event.timeStamp;
    if (event.key === "Enter") {
      if (read.length >= SHORTEST && pause < FAST) deliver(event, read);
      read = "";
    } else if (event.key.length === 1) {
      read = pause < FAST ? read + event.key : event.key;
    }
  });
  // what was typed has been collected by then, and the next code may already be on its way
  document.addEventListener("htmx:config:request", (event) => {
    const form = event.detail.ctx.sourceElement?.closest?.("form[data-ws-scans]");
    const input = form?.querySelector("input[data-ws-scan]");
    if (!input) return;
    input.value = "";
    input.focus({ preventScroll: true });
  });
}

function deliver(event, code) {
  const focused = document.activeElement ?? document.body;
  const scan = new CustomEvent("ws:scan", { bubbles: true, cancelable: true, detail: code });
  if (!focused.dispatchEvent(scan)) return event.preventDefault();
  const input = document.querySelector("input[data-ws-scan]");
  if (!input || focused === input || /^(INPUT|TEXTAREA)$/.test(focused.tagName)) return;
  event.preventDefault();
  input.value = code;
  input.form?.requestSubmit();
}
