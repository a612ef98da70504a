// The shared tablet locks by itself. The server decides; this only shows the time and sends the form.
import { each } from "./each.js";

const SOON = 60;

export function start() {
  each("[data-ws-lock]", countdown);
}

function countdown(place) {
  const whole = Number(place.dataset.wsLock);
  const text = place.querySelector("[data-ws-lock-text]");
  let until = Date.now() + whole * 1000;
  let shown = "";
  const stay = () => (until = Date.now() + whole * 1000);
  // only what reaches the server lengthens the session there, so only that lengthens it here
  document.addEventListener("htmx:after:request", stay);
  const timer = setInterval(() => {
    if (!place.isConnected) return stop();
    const left = Math.max(0, Math.round((until - Date.now()) / 1000));
    place.toggleAttribute("data-soon", left <= SOON);
    shown = write(text, left, shown);
    if (left === 0) {
      stop();
      place.querySelector("[data-ws-lock-form]")?.requestSubmit();
    }
  }, 1000);
  const stop = () => {
    clearInterval(timer);
    document.removeEventListener("htmx:after:request", stay);
  };
  write(text, whole, "");
}

function write(text, left, shown) {
  if (!text) return shown;
  const { wsLockMinutes, wsLockSeconds } = text.dataset;
  const words =
    left > SOON
      ? wsLockMinutes.replace("#", String(Math.ceil(left / 60)))
      : wsLockSeconds.replace("#", String(left));
  if (words !== shown) text.textContent = words;
  return words;
}
