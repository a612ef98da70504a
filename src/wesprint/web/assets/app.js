// Everything here makes pages quicker or kinder; none of it is needed to read or to send a form.
import htmx from "htmx.org";
import { start as address } from "./js/address.js";
import { start as colours } from "./js/colours.js";
import { start as copying } from "./js/copying.js";
import { start as dialogs } from "./js/dialogs.js";
import { start as early } from "./js/early.js";
import { start as errors } from "./js/errors.js";
import { start as focus } from "./js/focus.js";
import { start as guards } from "./js/guards.js";
import { start as lock } from "./js/lock.js";
import { start as maps } from "./js/maps.js";
import { start as mended } from "./js/mended.js";
import { start as notices } from "./js/notices.js";
import { start as photos } from "./js/photos.js";
import { start as polling } from "./js/polling.js";
import { start as reading } from "./js/reading.js";
import { start as scanner } from "./js/scanner.js";
import { start as theme } from "./js/theme.js";

document.documentElement.classList.add("ws-script");
window.htmx = htmx;
for (const start of [
  address, colours, copying, dialogs, early, errors, focus, guards, lock, maps, mended, notices, photos, polling, reading, scanner, theme,
]) {
  start();
}
