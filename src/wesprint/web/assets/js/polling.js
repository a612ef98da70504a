// Live pages: <section data-ws-version="17" data-ws-version-url="…"> asks every few seconds for a
// number and fetches itself again only when it changed. Nothing is asked while nobody looks.
import { each } from "./each.js";

export function start() {
  each("[data-ws-version-url]", (place) => {
    const every = Number(place.dataset.wsEvery || 10) * 1000;
    const timer = setInterval(async () => {
      if (!place.isConnected) return clearInterval(timer);
      if (document.hidden || place.contains(document.activeElement)) return;
      await look(place);
    }, every);
  });
}

async function look(place) {
  try {
    const answer = await fetch(place.dataset.wsVersionUrl, { headers: { Accept: "text/plain" } });
    if (!answer.ok) return;
    const version = (await answer.text()).trim();
    if (version === place.dataset.wsVersion) return;
    place.dataset.wsVersion = version;
    place.dispatchEvent(new CustomEvent("ws:changed", { bubbles: true }));
  } catch {
    // no net at the moment: the page stays as it is and asks again
  }
}
