// From our plain data to what ECharts wants, in the page's own colours.
//   sankey  {nodes: [{name, text?, depth?, colour?, rest?}], links: [{source, target, value, text, url?}],
//            rest?, unit?}  with `rest` (its name) small nodes stand together where it is narrow
//   bar     {categories: [...], series: [{name, values, texts?, colour?}], unit, stacked?, horizontal?}
//   range   {rows: [{name, low, central, high, text}], unit, tenfold?}  tenfold: what is said of the
//            axis where each of its lines is ten times the one before
//   line    {categories: [...], series: [{name, values, low?, high?}], unit}
import { escape, local, lookOf, tooltip } from "./chart_look.js";
import { sankey, sankeyHeight } from "./chart_sankey.js";

const PATTERNS = ["solid", "dashed", "dotted", [8, 3, 2, 3], [2, 6]];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "pin"];
const FAR_APART = 50; // times the smallest: on an even scale that one could not be seen

export function optionFor(kind, data, canvas) {
  const look = lookOf(canvas);
  const make = { sankey, bar, line, range }[kind];
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 500,
    color: look.series,
    textStyle: { fontFamily: "Fira Sans, sans-serif", fontSize: 14, color: look.ink },
    aria: { enabled: false },
    ...make(data, look, canvas),
  };
}

/** How high a picture must be: a sankey grows with its fullest column, bars with their number. */
export function heightFor(kind, data, canvas) {
  if (kind === "sankey") return sankeyHeight(data, lookOf(canvas), canvas);
  if (kind === "range") return data.rows.length * 34 + 90;
  if (data.horizontal) return data.categories.length * 34 + data.series.length * 24 + 60;
  return 0;
}

function axes(data, look) {
  const words = {
    type: "category",
    data: data.categories,
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    axisLabel: { color: look.muted, hideOverlap: true },
  };
  const figures = {
    type: "value",
    name: data.unit ?? "",
    nameTextStyle: { color: look.muted, align: look.rtl ? "right" : "left" },
    splitLine: { lineStyle: { color: look.line } },
    splitNumber: look.narrow ? 3 : 5,
    axisLabel: { color: look.muted, hideOverlap: true, formatter: (value) => local(value) },
  };
  if (data.horizontal && look.narrow) Object.assign(words.axisLabel, { width: 84, overflow: "break", lineHeight: 13, hideOverlap: false });
  const [across, up] = data.horizontal ? [figures, { ...words, inverse: true }] : [words, figures];
  // from right to left both axes begin at the right
  return { xAxis: { ...across, inverse: look.rtl }, yAxis: { ...up, position: look.rtl ? "right" : "left" } };
}

const roomFor = (data, look) => {
  if (data.series.length < 2) return 36;
  return look.narrow ? data.series.length * 24 + 36 : 64;
};

const frame = (data, look) => ({
  grid: { ...sides(look, 8, 16), top: roomFor(data, look), bottom: 4, containLabel: true },
  legend: data.series.length > 1 ? legend(look) : undefined,
});

const legend = (look) => ({
  top: 0,
  ...sides(look, 0),
  orient: look.narrow ? "vertical" : "horizontal",
  align: look.rtl ? "right" : "left",
  textStyle: { color: look.ink },
  itemWidth: 30,
});

const sides = (look, start, end) => (look.rtl ? { right: start, left: end } : { left: start, right: end });

function bar(data, look) {
  return {
    ...frame(data, look),
    ...axes(data, look),
    tooltip: { trigger: "item", ...tooltip(look, (point) => escape(`${point.name}, ${point.seriesName}: ${textOf(data, point)}`)) },
    series: data.series.map((one) => ({
      type: "bar",
      name: one.name,
      data: one.values,
      stack: data.stacked ? "all" : undefined,
      barMaxWidth: data.horizontal ? 22 : 44,
      color: one.colour ? look.series[one.colour - 1] : undefined,
      itemStyle: { borderRadius: data.stacked ? 0 : [4, 4, 0, 0] },
    })),
  };
}

/** Bars from low to high with a stroke at the central value. */
function range(data, look) {
  const names = { categories: data.rows.map((row) => row.name), unit: data.unit, horizontal: true, series: [] };
  const text = (index) => data.rows[index]?.text ?? "";
  const { grid } = frame(names, look);
  const scale = scaleOf(data.rows);
  const rows = data.rows.map((row, index) => [index, ...[row.low, row.central, row.high].map(scale.place)]);
  return {
    grid: { ...grid, top: 8, bottom: scale.tenfold ? (look.narrow ? 80 : 62) : 28 },
    ...rangeAxes(names, look, scale, data.tenfold),
    tooltip: { trigger: "item", ...tooltip(look, ({ dataIndex }) => escape(`${data.rows[dataIndex].name}: ${text(dataIndex)}`)) },
    series: [
      {
        type: "custom",
        encode: { x: [1, 3], y: 0 },
        data: rows,
        renderItem: (params, api) => drawRange(params, api, look),
      },
    ],
  };
}

/** An even scale, unless what is there differs by hundreds: then each line is ten times the one
 *  before it, on both sides of zero, and only the stretch from zero to the first line is even. */
function scaleOf(rows) {
  const middles = rows.map((row) => Math.abs(row.central)).filter((value) => value > 0);
  const largest = Math.max(...rows.flatMap((row) => [Math.abs(row.low), Math.abs(row.high)]));
  const least = Math.min(...middles);
  if (!middles.length || largest < least * FAR_APART) return { tenfold: false, place: (value) => value, mark: (value) => local(value) };
  const first = 10 ** Math.floor(Math.log10(least));
  const far = (share) => (share <= 1 ? share : Math.log10(share) + 1);
  return {
    tenfold: true,
    place: (value) => Math.sign(value) * far(Math.abs(value) / first),
    mark: (line) => local(line && Math.sign(line) * first * 10 ** (Math.abs(line) - 1)),
  };
}

function rangeAxes(names, look, scale, tenfold) {
  const { xAxis, yAxis } = axes(names, look);
  const note = scale.tenfold && tenfold ? `${names.unit}\n${look.narrow ? halved(tenfold) : tenfold}` : names.unit;
  const lines = scale.tenfold ? { minInterval: 1, maxInterval: 1 } : {};
  const axisLabel = { ...xAxis.axisLabel, formatter: scale.mark };
  return {
    xAxis: { ...xAxis, ...lines, axisLabel, name: note, nameLocation: "middle", nameGap: 30, nameTextStyle: { color: look.muted, lineHeight: 17 } },
    yAxis,
  };
}

/** Words in two lines of about the same length: the name of an axis does not break by itself. */
function halved(text) {
  const words = text.split(" ");
  const begin = (count) => words.slice(0, count).join(" ");
  const count = words.findIndex((_word, index) => begin(index).length >= text.length / 2);
  return `${begin(count)}\n${words.slice(count).join(" ")}`;
}

function drawRange({ coordSys, dataIndex }, api, look) {
  const [low, middle, high] = [1, 2, 3].map((column) => api.coord([api.value(column), api.value(0)]));
  const tall = Math.min(18, api.size([0, 1])[1] * 0.6);
  const shape = { x: Math.min(low[0], high[0]), y: low[1] - tall / 2, width: Math.max(2, Math.abs(high[0] - low[0])), height: tall, r: 4 };
  const stroke = { x1: middle[0], x2: middle[0], y1: middle[1] - tall * 0.8, y2: middle[1] + tall * 0.8 };
  const [zero] = api.coord([0, 0]);
  const wall = { x1: zero, x2: zero, y1: coordSys.y, y2: coordSys.y + coordSys.height };
  const within = zero >= coordSys.x && zero <= coordSys.x + coordSys.width;
  return {
    type: "group",
    children: [
      // once: left and right of zero are two different things
      ...(dataIndex === 0 && within ? [{ type: "line", shape: wall, style: { stroke: look.muted, lineWidth: 1.5 } }] : []),
      { type: "rect", shape, style: { fill: look.series[0], opacity: 0.45 } },
      { type: "line", shape: stroke, style: { stroke: look.ink, lineWidth: 3 } },
    ],
  };
}

function line(data, look) {
  return {
    ...frame(data, look),
    ...axes(data, look),
    tooltip: { trigger: "item", ...tooltip(look, (point) => escape(`${point.name}, ${point.seriesName}: ${textOf(data, point)}`)) },
    series: data.series.map((one, index) => ({
      type: "line",
      name: one.name,
      data: one.values,
      symbol: SYMBOLS[index % SYMBOLS.length],
      symbolSize: 9,
      lineStyle: { width: 3, type: PATTERNS[index % SYMBOLS.length] },
    })),
  };
}

const textOf = (data, point) =>
  data.series[point.seriesIndex].texts?.[point.dataIndex] ?? `${local(point.value)} ${data.unit ?? ""}`;
