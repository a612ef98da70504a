// <button data-ws-open="id"> opens a <dialog>; data-ws-close inside shuts it. Without a script the
// button is a link to a page that asks the same.
export function start() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-ws-open]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.wsOpen);
      if (!dialog) return;
      event.preventDefault();
      dialog.showModal();
      return;
    }
    const dialog = event.target.closest("dialog");
    if (dialog && (event.target.closest("[data-ws-close]") || event.target === dialog)) {
      dialog.close();
    }
  });
  document.addEventListener("click", closeMenu);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("details.ws-menu[open]")?.removeAttribute("open");
  });
}

function closeMenu(event) {
  for (const menu of document.querySelectorAll("details.ws-menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
}
