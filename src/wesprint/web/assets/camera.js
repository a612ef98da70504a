// Reads QR codes through the camera, on the pages that scan. A bundle of its own, because the
// reader weighs more than everything else together and comes only when a camera is switched on.
import { start } from "./js/camera.js";

start();
