// [data-ws-camera] is a box with a button, a line for a message and a video; what the camera reads
// goes into the input[data-ws-scan] of its form, which is sent as if it had been typed.
// data-ws-wasm: the address of the reader for browsers that have none of their own.
// data-ws-facing: "user" for the camera on the screen's side.
import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";
import { each } from "./each.js";

const EVERY = 120; // milliseconds between two looks
const AGAIN = 2500; // the same code is not read twice while it is still in view

export function start() {
  each("[data-ws-camera]", (box) => {
    if (!navigator.mediaDevices?.getUserMedia) return; // no camera without HTTPS
    box.hidden = false;
    box.querySelector("button").addEventListener("click", () => toggle(box));
  });
  window.addEventListener("pagehide", () => document.querySelectorAll("[data-ws-camera]").forEach(stop));
}

async function toggle(box) {
  if (box.stream) return stop(box);
  const video = box.querySelector("video");
  const facingMode = box.dataset.wsFacing ?? "environment";
  try {
    box.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode } });
  } catch {
    return say(box, box.dataset.wsRefused);
  }
  say(box, "");
  video.srcObject = box.stream;
  video.hidden = false;
  box.querySelector("button").setAttribute("aria-pressed", "true");
  await video.play();
  look(box, video, await reader(box.dataset.wsWasm));
}

function stop(box) {
  for (const track of box.stream?.getTracks() ?? []) track.stop();
  box.stream = null;
  box.querySelector("video").hidden = true;
  box.querySelector("button").setAttribute("aria-pressed", "false");
}

// Without a camera the code is typed: the field waits for it.
function say(box, text) {
  const line = box.querySelector("[role=status]");
  line.hidden = !text;
  line.textContent = text;
  if (text) field(box)?.focus();
}

function field(box) {
  return box.closest("form")?.querySelector("input[data-ws-scan]");
}

async function reader(wasm) {
  const own = globalThis.BarcodeDetector;
  const formats = ["qr_code"];
  if ((await own?.getSupportedFormats?.())?.includes("qr_code")) return new own({ formats });
  prepareZXingModule({ overrides: { locateFile: () => wasm } });
  return new BarcodeDetector({ formats });
}

async function look(box, video, detector, seen = {}) {
  if (!box.stream) return;
  const [found] = await detector.detect(video).catch(() => []);
  const now = performance.now();
  const fresh = found && (found.rawValue !== seen.code || now - seen.at > AGAIN);
  const taken = fresh ? deliver(box, found.rawValue) : Boolean(found);
  const next = taken ? { code: found.rawValue, at: now } : seen;
  setTimeout(() => look(box, video, detector, next), EVERY);
}

function deliver(box, code) {
  const input = field(box);
  if (!input || input.form.dataset.wsSent) return false;
  input.value = code;
  input.form.requestSubmit();
  return true;
}
