// <input type="color" data-ws-colour="id"> stands beside the text field `id`; both say the same.
import { each } from "./each.js";

const WHOLE = /^#[0-9a-f]{6}$/i;

export function start() {
  each("[data-ws-colour]", (picker) => {
    const text = document.getElementById(picker.dataset.wsColour);
    if (!text) return;
    picker.hidden = false;
    picker.addEventListener("input", () => (text.value = picker.value));
    text.addEventListener("input", () => {
      if (WHOLE.test(text.value)) picker.value = text.value;
    });
  });
}
