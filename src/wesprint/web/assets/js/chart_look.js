// What all charts share: the page's own colours, its direction, and the words over a picture.
const SERIES = 5;
const NARROW = 680;

export function lookOf(canvas) {
  const style = getComputedStyle(canvas);
  const value = (name) => style.getPropertyValue(name).trim();
  return {
    ink: value("--ws-ink"),
    muted: value("--ws-muted"),
    line: value("--ws-line"),
    surface: value("--ws-surface"),
    series: Array.from({ length: SERIES }, (_, index) => value(`--ws-series-${index + 1}`)),
    narrow: canvas.clientWidth < NARROW,
    // the canvas itself stays "ltr" for the library; the page tells where reading begins
    rtl: document.documentElement.dir === "rtl",
  };
}

export const tooltip = (look, formatter) => ({
  confine: true,
  backgroundColor: look.surface,
  borderColor: look.line,
  textStyle: { color: look.ink },
  extraCssText: look.rtl ? "direction: rtl; text-align: start" : "",
  formatter,
});

/** Words over the flows, with a rim of the ground's colour around them. */
export const words = (look) => ({
  color: look.ink,
  textBorderColor: look.surface,
  textBorderWidth: 3,
  fontSize: look.narrow ? 12 : 14,
  lineHeight: look.narrow ? 14 : 17,
});

export const local = (value, digits = 3) =>
  value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });
export const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
