// After a swap the keyboard and the screen reader must know where they are.
import { announce, each } from "./each.js";

export function start() {
  each("[data-ws-focus]", (element) => element.focus());
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail.ctx?.target;
    const words = target?.isConnected ? target.dataset?.wsAnnounce : "";
    const fresh = words || document.querySelector("[data-ws-announce-once]")?.dataset.wsAnnounceOnce;
    if (fresh) announce(fresh);
  });
}
