// <button data-ws-read="id"> reads a place aloud, <button data-ws-read-text="…"> its own words,
// <button data-ws-read-choices="id"> from then on each choice tapped in a form.
import { each } from "./each.js";

export function start() {
  if (!("speechSynthesis" in window)) return;
  each("[data-ws-read], [data-ws-read-text]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => toggle(button));
  });
  each("[data-ws-read-choices]", readChoices);
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
}

function toggle(button) {
  const speaking = button.getAttribute("aria-pressed") === "true";
  speechSynthesis.cancel();
  document.querySelectorAll("[data-ws-read][aria-pressed=true], [data-ws-read-text][aria-pressed=true]")
    .forEach((one) => one.setAttribute("aria-pressed", "false"));
  if (speaking) return;
  const place = document.getElementById(button.dataset.wsRead ?? "");
  const words = utterance(button.dataset.wsReadText ?? place?.innerText ?? "", place ?? button);
  words.onend = () => button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", "true");
  speechSynthesis.speak(words);
}

function utterance(text, place) {
  const words = new SpeechSynthesisUtterance(text);
  words.lang = place.closest("[lang]")?.lang || "de";
  return words;
}

const CHOICES = "ws-read-choices"; // kept while the tab is open: one person, one visit

function readChoices(button) {
  const form = document.getElementById(button.dataset.wsReadChoices);
  const show = (on) => button.setAttribute("aria-pressed", String(on));
  button.hidden = false;
  show(sessionStorage.getItem(CHOICES) === "1");
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    sessionStorage.setItem(CHOICES, on ? "1" : "0");
    show(on);
  });
  form?.addEventListener("change", ({ target }) => {
    if (button.getAttribute("aria-pressed") !== "true" || !target.checked) return;
    speechSynthesis.cancel();
    speechSynthesis.speak(utterance(target.closest("label")?.innerText ?? "", form));
  });
}
