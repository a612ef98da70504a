// What a finger must hit and cannot: [size, text, markup] of every target in main that is smaller
// than it should be. What is measured is the area that answers, not the box: a card's title may
// be stretched over its card. Links within a sentence are as tall as their line (WCAG 2.5.8).
() => {
  const need = document.body.classList.contains("ws-counter") ? 44 : 24;
  const main = document.querySelector("main");

  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false });
  const byFinger = (element) =>
    /^(checkbox|radio|file)$/.test(element.type) ? element.closest("label, .ws-photos") ?? element.labels?.[0] ?? element : element;

  function inSentence(link) {
    if (getComputedStyle(link).display !== "inline") return false;
    const said = (node) => node.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}]/u.test(node.textContent);
    return [...link.parentNode.childNodes].some(said);
  }

  function extent(target, box) {
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    const hits = (across, down) => {
      const found = document.elementFromPoint(across, down);
      return Boolean(found) && (target.contains(found) || found.closest("a, button, label") === target);
    };
    if (!hits(x, y)) return null; // something lies above it: a dialog's business, not the size's
    const run = (dx, dy) => {
      let step = 0;
      while (step < need && hits(x + dx * (step + 1), y + dy * (step + 1))) step += 1;
      return step;
    };
    return [run(-1, 0) + run(1, 0) + 1, run(0, -1) + run(0, 1) + 1];
  }

  const small = [];
  for (const element of main.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
    const target = byFinger(element);
    if (!shown(target) || target.disabled || inSentence(target)) continue;
    target.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const box = target.getClientRects()[0];
    if (!box || box.width < 2 || box.height < 2) continue; // for screen readers alone
    const size = extent(target, box);
    if (size && Math.min(...size) < need) small.push([size.join("x"), target.textContent.trim().slice(0, 40), target.outerHTML.slice(0, 140)]);
  }
  return small;
}
