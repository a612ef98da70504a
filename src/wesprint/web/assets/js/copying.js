// <button data-ws-copy="…" data-ws-copied="Copied"> puts its text on the clipboard.
import { announce, each } from "./each.js";

const SHOWN_MS = 2000;

export function start() {
  if (!navigator.clipboard) return; // only pages under https or on localhost have one
  each("[data-ws-copy]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  });
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.wsCopy);
  announce(button.dataset.wsCopied);
  const words = button.querySelector("span");
  button.dataset.wsWords ??= words.textContent;
  words.textContent = button.dataset.wsCopied;
  setTimeout(() => (words.textContent = button.dataset.wsWords), SHOWN_MS);
}
