// Notices can be put away.
export function start() {
  document.addEventListener("click", (event) => {
    if (event.target.closest(".ws-notice [data-ws-close]")) event.target.closest(".ws-notice").remove();
  });
}
