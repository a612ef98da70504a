// On a slow phone people type before any script runs, and the browser fills in again what stood in
// a form one comes back to. Nobody listened then: say it once more, as soon as somebody does.

export function start() {
  // htmx begins to listen in a turn of its own, which was asked for before this one
  setTimeout(() => {
    for (const field of document.querySelectorAll("form input, form select, form textarea")) {
      if (!differs(field)) continue;
      for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
  });
}

// A select without a choice of the server's shows its first.
function given(select) {
  return [...select.options].find((one) => one.defaultSelected) ?? select.options[0];
}

function differs(field) {
  if (field.type === "file" || field.type === "hidden") return false; // js/photos.js looks for itself
  if (field.type === "checkbox" || field.type === "radio") return field.checked && !field.defaultChecked;
  if (field.options) return !given(field)?.selected;
  return field.value !== field.defaultValue;
}
