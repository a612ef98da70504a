// What htmx gets back when something went wrong: a whole page must not land in a small place.
import { announce } from "./each.js";

export function start() {
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    const answer = ctx.response;
    if (!answer || answer.status < 400 || !/<html[\s>]/i.test(ctx.text ?? "")) return;
    event.preventDefault();
    showPage(ctx.text);
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx?.response) return;
    const text = document.body.dataset.wsOffline;
    if (text) say(text);
  });
  document.addEventListener("htmx:after:swap", () => {
    const places = document.querySelectorAll("#ws-messages .ws-notice");
    const last = places[places.length - 1];
    if (last) last.scrollIntoView({ block: "nearest" });
  });
}

/** A full error page: its own words into the place for messages, nothing else is touched. */
function showPage(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("[data-ws-error]");
  say(main ? main.textContent.trim().replace(/\s+/g, " ") : page.title);
}

/** A sign of the sprite, whose address carries a hash: taken from any other sign of the page. */
function sign(name) {
  const other = document.querySelector("svg.ws-icon use");
  if (!other) return document.createElement("span");
  const copy = other.closest("svg").cloneNode(true);
  copy.setAttribute("class", "ws-icon");
  copy.firstElementChild.setAttribute("href", other.getAttribute("href").replace(/#.*/, `#${name}`));
  return copy;
}

function say(text) {
  const place = document.getElementById("ws-messages");
  const notice = document.createElement("div");
  notice.className = "ws-notice ws-notice--error";
  notice.setAttribute("role", "alert");
  const line = document.createElement("p");
  line.textContent = text;
  notice.append(sign("alert"), line);
  place?.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
  announce(text);
}
