// Photos: shown before they are sent, made smaller in the browser (a phone's 12 megapixels are ten
// times what anybody needs), turned upright as their EXIF says. If anything fails, the file is sent
// as it is and the server does the work.
import { each } from "./each.js";

const LONGEST = 2000;
const SMALL = 600_000;
const QUALITY = 0.86;

export function start() {
  each("[data-ws-photos]", (place) => {
    const input = place.querySelector('input[type="file"]');
    input.addEventListener("change", () => take(place, input));
    // chosen before this ran, on a slow phone, or kept by the browser on the way back
    if (input.files.length) take(place, input);
  });
}

async function take(place, input) {
  const note = place.querySelector("[data-ws-photos-note]");
  const most = input.multiple ? Number(place.dataset.wsPhotos) || 4 : 1;
  const kept = input.multiple ? (place.wsKept ?? []) : [];
  note.textContent = place.dataset.wsWorking;
  const fresh = await Promise.all([...input.files].map(smaller));
  const broken = fresh.some((one) => one.broken);
  note.textContent = broken ? place.dataset.wsBroken : "";
  note.classList.toggle("ws-field__error", broken);
  note.classList.toggle("ws-muted", !broken);
  place.wsKept = [...kept, ...fresh.filter((one) => !one.broken).map((one) => one.file)].slice(-most);
  show(place, input);
}

function show(place, input) {
  const files = new DataTransfer();
  place.wsKept.forEach((file) => files.items.add(file));
  input.files = files.files;
  const list = place.querySelector(".ws-photos__list");
  list.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
  list.replaceChildren(...place.wsKept.map((file, index) => tile(place, input, file, index)));
  place.dispatchEvent(new CustomEvent("ws:photos", { bubbles: true, detail: place.wsKept.length }));
}

function tile(place, input, file, index) {
  const item = document.createElement("li");
  const image = new Image();
  image.src = URL.createObjectURL(file);
  image.alt = file.name;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.setAttribute("aria-label", place.dataset.wsRemove.replace("#", String(index + 1)));
  remove.textContent = "×";
  remove.addEventListener("click", () => {
    place.wsKept = place.wsKept.filter((one) => one !== file);
    show(place, input);
    input.focus();
  });
  item.append(image, remove);
  return item;
}

async function smaller(file) {
  if (file.size < SMALL && file.type === "image/jpeg") return { file };
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    // HEIC is unknown to most browsers; the server reads it
    return { file, broken: !/heic|heif/i.test(file.type + file.name) && file.type.startsWith("image/") };
  }
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) return { file };
  const name = `${file.name.replace(/\.\w+$/, "")}.jpg`;
  return { file: new File([blob], name, { type: "image/jpeg", lastModified: file.lastModified }) };
}
