// From our plain data to what ECharts wants, in the page's own colours.
//   sankey  {nodes: [{name, label?, depth?}], links: [{source, target, value, text, url?}]}
//   bar     {categories: [...], series: [{name, values, texts?, colour?}], unit, stacked?, horizontal?}
//   range   {rows: [{name, low, central, high, text}], unit}
//   line    {categories: [...], series: [{name, values, low?, high?}], unit}
const SERIES = 5;
const ROW = 22;
const NARROW_ROW = 46; // three lines: a name broken once, and its kilos
export const NARROW = 680;
const PATTERNS = ["solid", "dashed", "dotted", [8, 3, 2, 3], [2, 6]];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "pin"];

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

function lookOf(canvas) {
  const style = getComputedStyle(canvas);
  const value = (name) => style.getPropertyValue(name).trim();
  return {
    ink: value("--ws-ink"),
    muted: value("--ws-muted"),
    line: value("--ws-line"),
    surface: value("--ws-surface"),
    series: Array.from({ length: SERIES }, (_, index) => value(`--ws-series-${index + 1}`)),
    narrow: canvas.clientWidth < NARROW,
  };
}

const tooltip = (look, formatter) => ({
  confine: true,
  backgroundColor: look.surface,
  borderColor: look.line,
  textStyle: { color: look.ink },
  formatter,
});

function sankey(data, look, canvas) {
  const columns = depths(data);
  const last = Math.max(...columns.values());
  const right = roomAtRight(data.nodes.filter((node) => columns.get(node.name) === last), look);
  const bar = look.narrow ? 12 : 18;
  const between = (canvas.clientWidth - right - bar * (last + 1)) / Math.max(last, 1) - 6;
  const nodes = data.nodes.map((node, index) => ({
    name: node.name,
    depth: node.depth,
    itemStyle: { color: look.series[node.colour ? node.colour - 1 : index % SERIES] },
    label: { width: columns.get(node.name) === last ? right : between },
  }));
  const texts = new Map(data.nodes.map((node) => [node.name, node.text ?? ""]));
  return {
    tooltip: tooltip(look, ({ data: link, name }) =>
      escape(link.source ? `${link.source} → ${link.target}: ${link.text ?? link.value}` : `${name} ${texts.get(name) ?? ""}`),
    ),
    series: [
      {
        type: "sankey",
        data: nodes,
        links: data.links.map((link) => ({ ...link, cursor: link.url ? "pointer" : "default" })),
        left: 2,
        right,
        top: 10,
        bottom: look.narrow ? 24 : 10, // the last words reach below their bar
        nodeWidth: bar,
        // one line of words fits between two nodes, however thin they are
        nodeGap: look.narrow ? NARROW_ROW : ROW,
        draggable: false,
        emphasis: { focus: "adjacency" },
        lineStyle: { color: "gradient", opacity: 0.38, curveness: 0.5 },
        label: {
          ...words(look),
          overflow: look.narrow ? "break" : "truncate",
          formatter: look.narrow
            ? ({ name }) => `${name}\n${texts.get(name) ?? ""}`
            : ({ name }) => `{name|${name}}  ${texts.get(name) ?? ""}`,
          rich: { name: { ...words(look), fontWeight: 600 } },
        },
      },
    ],
  };
}

/** What the words of the last column need, in pixels: under each other where it is narrow. */
function roomAtRight(nodes, look) {
  const pen = document.createElement("canvas").getContext("2d");
  const widthOf = (text, weight) => {
    pen.font = `${weight} ${words(look).fontSize}px "Fira Sans", sans-serif`;
    return pen.measureText(text).width;
  };
  const needed = nodes.map(({ name, text = "" }) => {
    const [bold, plain] = [widthOf(name, 600), widthOf(text, 400)];
    if (!look.narrow) return bold + plain + widthOf("  ", 400);
    return Math.max(plain, ...name.split(" ").map((word) => widthOf(word, 400)));
  });
  return Math.ceil(Math.max(...needed)) + 14;
}

/** Words over the flows, with a rim of the ground's colour around them. */
const words = (look) => ({
  color: look.ink,
  textBorderColor: look.surface,
  textBorderWidth: 3,
  fontSize: look.narrow ? 12 : 14,
  lineHeight: look.narrow ? 14 : 17,
});

/** How high a picture must be: a sankey grows with its fullest column, bars with their number. */
export function heightFor(kind, data, narrow) {
  if (kind === "range") return data.rows.length * 34 + 60;
  if (data.horizontal) return data.categories.length * 34 + data.series.length * 24 + 60;
  if (kind !== "sankey") return 0;
  const columns = new Map();
  for (const depth of depths(data).values()) columns.set(depth, (columns.get(depth) ?? 0) + 1);
  return Math.max(...columns.values()) * (narrow ? NARROW_ROW + 8 : ROW + 16);
}

/** The column of each node: one behind the last of those that flow into it. */
function depths({ nodes, links }) {
  const found = new Map(nodes.map((node) => [node.name, node.depth ?? 0]));
  for (let round = 0; round < nodes.length; round += 1) {
    for (const { source, target } of links) {
      found.set(target, Math.max(found.get(target) ?? 0, (found.get(source) ?? 0) + 1));
    }
  }
  return found;
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
    nameTextStyle: { color: look.muted, align: "left" },
    splitLine: { lineStyle: { color: look.line } },
    splitNumber: look.narrow ? 3 : 5,
    axisLabel: { color: look.muted, hideOverlap: true, formatter: (value) => local(value) },
  };
  if (data.horizontal && look.narrow) Object.assign(words.axisLabel, { width: 84, overflow: "break", lineHeight: 13, hideOverlap: false });
  return data.horizontal
    ? { xAxis: figures, yAxis: { ...words, inverse: true } }
    : { xAxis: words, yAxis: figures };
}

const roomFor = (data, look) => {
  if (data.series.length < 2) return 36;
  return look.narrow ? data.series.length * 24 + 36 : 64;
};

const frame = (data, look) => ({
  grid: { left: 8, right: 16, top: roomFor(data, look), bottom: 4, containLabel: true },
  legend:
    data.series.length > 1
      ? { top: 0, left: 0, orient: look.narrow ? "vertical" : "horizontal", textStyle: { color: look.ink }, itemWidth: 30, icon: undefined }
      : undefined,
});

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

/** Bars from low to high with a stroke at the central value. What differs by hundreds is drawn on
 *  a scale where each line is ten times the one before; only where nothing can be zero. */
function range(data, look) {
  const names = { categories: data.rows.map((row) => row.name), unit: data.unit, horizontal: true, series: [] };
  const text = (index) => data.rows[index]?.text ?? "";
  const { grid } = frame(names, look);
  return {
    grid: { ...grid, top: 8, bottom: 28 },
    ...rangeAxes(names, look, data.rows.map((row) => Math.max(0, row.low))),
    tooltip: { trigger: "item", ...tooltip(look, ({ dataIndex }) => escape(`${data.rows[dataIndex].name}: ${text(dataIndex)}`)) },
    series: [
      {
        type: "custom",
        encode: { x: [1, 3], y: 0 },
        data: data.rows.map((row, index) => [index, row.low, row.central, row.high]),
        renderItem: (_params, api) => drawRange(api, look),
      },
    ],
  };
}

function rangeAxes(names, look, lows) {
  const { xAxis, yAxis } = axes(names, look);
  const least = 10 ** Math.floor(Math.log10(Math.min(...lows)));
  const scale = least > 0 ? { type: "log", logBase: 10, min: least } : {};
  return { xAxis: { ...xAxis, ...scale, nameLocation: "middle", nameGap: 30, nameTextStyle: { color: look.muted } }, yAxis };
}

function drawRange(api, look) {
  const [left, middle, right] = [1, 2, 3].map((column) => api.coord([api.value(column), api.value(0)]));
  const tall = Math.min(18, api.size([0, 1])[1] * 0.6);
  const shape = { x: left[0], y: left[1] - tall / 2, width: Math.max(2, right[0] - left[0]), height: tall, r: 4 };
  const stroke = { x1: middle[0], x2: middle[0], y1: middle[1] - tall * 0.8, y2: middle[1] + tall * 0.8 };
  return {
    type: "group",
    children: [
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
      symbol: SYMBOLS[index % SERIES],
      symbolSize: 9,
      lineStyle: { width: 3, type: PATTERNS[index % SERIES] },
    })),
  };
}

const local = (value) => value.toLocaleString(document.documentElement.lang);
const textOf = (data, point) =>
  data.series[point.seriesIndex].texts?.[point.dataIndex] ?? `${local(point.value)} ${data.unit ?? ""}`;
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
