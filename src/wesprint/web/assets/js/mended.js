// The list of errors on top speaks of what was sent. Whoever changes a field has read its line.

export function start() {
  for (const kind of ["input", "change"]) document.addEventListener(kind, mended);
}

function mended(event) {
  const field = event.target;
  const errors = field.closest?.("form")?.querySelector(".ws-errors");
  if (!errors) return;
  for (const link of errors.querySelectorAll("a[href^='#']")) {
    if (belongs(field, link.hash.slice(1))) link.closest("li").remove();
  }
  // a field with a warning of its own while somebody types is judged by that one from now on
  if (field.hasAttribute("data-ws-live")) field.removeAttribute("aria-invalid");
  if (!errors.querySelector("li")) errors.remove();
}

/** The line leads to the field itself, to the group of choices it is one of, or to its legend. */
function belongs(field, id) {
  if (field.id === id) return true;
  const target = document.getElementById(id);
  return Boolean(target?.contains(field) || target?.closest("legend")?.parentElement.contains(field));
}
