// One map: the town below, the page's places as buttons above. What a pin says, the list says too.
import maplibregl from "maplibre-gl/dist/maplibre-gl-csp.js";
import { boundsOf, styleOf } from "./map_style.js";
import { letPick } from "./map_pick.js";

const FONTS = ['400 24px "Fira Sans"', '600 24px "Fira Sans"'];
const CLOSE = 15.5; // zoom for a single place
const ROUND = 0.04; // degrees around the town that can still be looked at

export async function draw(figure, say) {
  const data = await dataOf(figure);
  // names are drawn once, in the type that is there at that moment
  await Promise.all(FONTS.map((font) => document.fonts.load(font))).catch(() => {});
  maplibregl.setWorkerUrl(figure.dataset.wsWorker);
  const map = new maplibregl.Map({
    container: figure.querySelector(".ws-map__canvas"),
    style: styleOf(figure, data),
    ...viewOf(figure, data),
    minZoom: 9,
    maxZoom: 18,
    maxBounds: around(boundsOf(figure)),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: true,
    fadeDuration: 0,
    locale: wordsOf(figure),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  for (const feature of data.features) if (feature.geometry.type === "Point") pin(map, feature);
  if (figure.dataset.wsPick) letPick(maplibregl, map, figure);
  map.once("idle", () => {
    figure.dataset.wsDrawn = Math.round(performance.now());
    say("drawn");
  });
  map.on("error", ({ error }) => error?.status && say("failed"));
  again(map, figure, data);
  figure.wsMap = map;
}

/** In the page, or at an address that answers with GeoJSON. */
async function dataOf(figure) {
  if (!figure.dataset.wsData) return JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const answer = await fetch(figure.dataset.wsData, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`map: ${answer.status}`);
  return answer.json();
}

function viewOf(figure, data) {
  const points = data.features.flatMap(({ geometry }) => geometry.coordinates.flat(Infinity));
  const box = new maplibregl.LngLatBounds();
  for (let at = 0; at < points.length; at += 2) box.extend([points[at], points[at + 1]]);
  if (box.isEmpty()) return { bounds: boundsOf(figure) };
  return { bounds: box, fitBoundsOptions: { padding: 48, maxZoom: CLOSE } };
}

const around = ([west, south, east, north]) => [west - ROUND, south - ROUND, east + ROUND, north + ROUND];
const wordsOf = (figure) => JSON.parse(figure.querySelector("[data-ws-words]").dataset.wsWords);

function pin(map, { properties, geometry }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `ws-map__pin${properties.tone ? ` ws-map__pin--${properties.tone}` : ""}`;
  button.append(Object.assign(document.createElement("span"), { textContent: properties.mark || "" }));
  const popup = new maplibregl.Popup({ offset: 34, maxWidth: "260px" }).setDOMContent(words(properties));
  const marker = new maplibregl.Marker({ element: button, anchor: "bottom" }).setLngLat(geometry.coordinates);
  marker.setPopup(popup).addTo(map);
  // the library names every marker "marker": the place's own name comes after it
  button.setAttribute("aria-label", [properties.mark, properties.title].filter(Boolean).join(" "));
  button.removeAttribute("role");
}

function words({ title, text, url }) {
  const box = document.createElement("div");
  const name = Object.assign(document.createElement(url ? "a" : "strong"), { textContent: title });
  if (url) name.href = url;
  box.append(name);
  if (text) box.append(Object.assign(document.createElement("p"), { textContent: text }));
  return box;
}

/** Light and dark, and a map that a swap has taken off the page. */
function again(map, figure, data) {
  const change = () => figure.isConnected && map.setStyle(styleOf(figure, data));
  document.addEventListener("ws:theme", change);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", change);
  document.addEventListener("htmx:after:swap", () => figure.isConnected || map.remove(), { once: true });
}
