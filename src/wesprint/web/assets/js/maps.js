// [data-ws-map] is a figure with a list of places (components/map.html). The map itself weighs
// more than every page together, so it is fetched when the figure comes near the reader's eye.
import { each } from "./each.js";

const NEAR = "300px";
let library;

export function start() {
  each("[data-ws-map]", (figure) => {
    if (!figure.dataset.wsTiles) return;
    if (!hasWebGl()) return say(figure, "missing");
    const watch = new IntersectionObserver(([seen]) => {
      if (!seen.isIntersecting) return;
      watch.disconnect();
      draw(figure);
    }, { rootMargin: NEAR });
    watch.observe(figure);
  });
}

export function say(figure, state) {
  figure.dataset.wsState = state;
  for (const line of figure.querySelectorAll("[data-ws-when]")) line.hidden = line.dataset.wsWhen !== state;
}

async function draw(figure) {
  say(figure, "loading");
  try {
    library ??= Promise.all([load("script", figure.dataset.wsScript), load("link", figure.dataset.wsSheet)]);
    await library;
    window.wesprintMaps.draw(figure, (state) => say(figure, state));
  } catch {
    library = undefined;
    say(figure, "failed");
  }
}

function load(kind, address) {
  return new Promise((done, fail) => {
    const element = document.createElement(kind);
    if (kind === "link") Object.assign(element, { rel: "stylesheet", href: address });
    else element.src = address;
    element.addEventListener("load", done);
    element.addEventListener("error", fail);
    document.head.append(element);
  });
}

function hasWebGl() {
  try {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
  } catch {
    return false;
  }
}
