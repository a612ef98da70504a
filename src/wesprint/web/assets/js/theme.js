// The switch answers at once; the form's cookie makes it last.
import { each } from "./each.js";

export function start() {
  each("form[data-ws-theme]", (form) => {
    form.addEventListener("submit", (event) => {
      const wanted = event.submitter?.value;
      if (!wanted) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const body = new FormData(form, event.submitter);
      apply(wanted);
      fetch(form.action, { method: "POST", body, redirect: "manual" });
    });
  });
}

function apply(wanted) {
  const page = document.documentElement;
  page.dataset.theme = wanted;
  if (wanted === "auto") delete page.dataset.kernTheme;
  else page.dataset.kernTheme = wanted;
  for (const button of document.querySelectorAll('[data-ws-theme] button[name="theme"]')) {
    button.setAttribute("aria-pressed", String(button.value === wanted));
  }
  page.dispatchEvent(new CustomEvent("ws:theme", { bubbles: true, detail: wanted }));
}
