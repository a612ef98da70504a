// Flows between columns, the first one where reading begins; each gets the room that its words
// need. Where they do not fit in one line, as on a phone, what is small stands under one name.
import { escape, local, tooltip, words } from "./chart_look.js";

const ROW = 22;
const NARROW_ROW = 58; // four lines: a name broken twice, and its kilos
const MOST_NARROW = 6; // nodes that a column of a phone holds with their words
const AIR = 8; // between a bar and its words
const SLACK = 10; // the library measures a little wider than the pen

export function sankey(full, page, canvas) {
  const look = { ...page, narrow: isCrowded(full, page, canvas.clientWidth) };
  const data = look.narrow ? folded(full) : full;
  const columns = depths(data);
  const frame = frameOf(data, columns, look, canvas.clientWidth);
  const nodes = data.nodes.map((node, index) => ({
    name: node.name,
    depth: node.depth,
    localX: frame.left(columns.get(node.name)) / frame.inner,
    itemStyle: { color: look.series[node.colour ? node.colour - 1 : index % look.series.length] },
    label: { width: frame.rooms[columns.get(node.name)] - AIR },
  }));
  return {
    tooltip: tooltip(look, ({ data: part, name }) => escape(said(data, part, name))),
    series: [
      {
        type: "sankey",
        data: nodes,
        links: linksOf(data.links, nodes, look),
        left: look.rtl ? frame.last : 2,
        right: look.rtl ? 2 : frame.last,
        top: look.narrow ? 24 : 10, // the words of the outer bars reach beyond them
        bottom: look.narrow ? 24 : 10,
        nodeWidth: frame.bar,
        // one line of words fits between two nodes, however thin they are
        nodeGap: look.narrow ? NARROW_ROW : ROW,
        draggable: false,
        emphasis: { focus: "adjacency" },
        lineStyle: { color: "gradient", opacity: 0.38, curveness: 0.5 },
        label: labelOf(data, look),
      },
    ],
  };
}

function said({ nodes }, part, name) {
  if (part.source) return `${part.source} → ${part.target}: ${part.text ?? part.value}`;
  return `${name} ${nodes.find((node) => node.name === name)?.text ?? ""}`;
}

/** From right to left the colours of a band would run against its way, so they are turned. */
function linksOf(links, nodes, look) {
  const colours = new Map(nodes.map((node) => [node.name, node.itemStyle.color]));
  const turned = ({ source, target }) => ({
    color: { type: "linear", x: 1, y: 0, x2: 0, y2: 0, colorStops: [{ offset: 0, color: colours.get(source) }, { offset: 1, color: colours.get(target) }] },
  });
  return links.map((link) => ({
    ...link,
    cursor: link.url ? "pointer" : "default",
    ...(look.rtl ? { lineStyle: turned(link) } : {}),
  }));
}

function labelOf({ nodes }, look) {
  const texts = new Map(nodes.map((node) => [node.name, plain(node.text)]));
  const beside = ({ name }) =>
    look.rtl ? `${texts.get(name)}  {name|${shown(name)}}` : `{name|${shown(name)}}  ${texts.get(name)}`;
  return {
    ...words(look),
    position: look.rtl ? "left" : "right",
    align: look.rtl ? "right" : "left",
    overflow: look.narrow ? "break" : "truncate",
    formatter: look.narrow ? ({ name }) => `${shown(name)}\n${texts.get(name)}` : beside,
    rich: { name: { ...words(look), fontWeight: 600 } },
  };
}

/** Where the columns stand. rooms: pixels for the words of each; last: what the last one needs
 *  outside of the drawing; left(column): its bar's distance from the drawing's left edge. */
function frameOf(data, columns, look, width) {
  const bar = look.narrow ? 12 : 18;
  const count = Math.max(...columns.values()) + 1;
  const needed = needs(data, columns, look, count);
  const last = needed[count - 1];
  const inner = width - last - 2;
  const rooms = [...shared(needed.slice(0, -1), inner - bar * count), last];
  const begin = (column) => sum(rooms.slice(0, column)) + column * bar;
  const left = (column) => (look.rtl ? inner - begin(column) - bar : begin(column));
  return { bar, inner, last, rooms, left };
}

const sum = (values) => values.reduce((all, one) => all + one, 0);

/** The width for columns that need so much: what is left over goes to all of them, what is
 *  missing is missing by share. */
function shared(needed, width) {
  const spare = width - sum(needed);
  return needed.map((one) => (spare < 0 ? (width * one) / sum(needed) : one + spare / needed.length));
}

/** Whether the words of all columns find no room beside each other in one line each. */
function isCrowded(data, look, width) {
  const columns = depths(data);
  const count = Math.max(...columns.values()) + 1;
  return sum(needs(data, columns, { ...look, narrow: false }, count)) + 18 * count > width;
}

/** What the words of each column need, in pixels: under each other where it is narrow. */
function needs(data, columns, look, count) {
  const widths = new Array(count).fill(0);
  const widthOf = penOf(look);
  for (const { name, ...node } of data.nodes) {
    const [column, text] = [columns.get(name), plain(node.text)];
    const beside = widthOf(`${name} `, 600) + widthOf(`${text}  `, 400);
    const below = Math.max(widthOf(text, 400), ...shown(name).split(" ").map((word) => widthOf(word, 400)));
    widths[column] = Math.max(widths[column], Math.ceil(look.narrow ? below : beside) + AIR + SLACK);
  }
  return widths;
}

/** Measures sign by sign, as the library does when it breaks lines: letters of Arabic are wider
 *  alone than in their word. */
function penOf(look) {
  const pen = document.createElement("canvas").getContext("2d");
  return (text, weight) => {
    pen.font = `${weight} ${words(look).fontSize}px "Fira Sans", sans-serif`;
    return sum([...text].map((sign) => pen.measureText(sign).width));
  };
}

/** A figure without the signs that tell its direction: drawn they would be gaps. */
const plain = (text = "") => text.replaceAll(/[\u200e\u200f\u2066-\u2069]/g, "");

/** A name without the signs that only tell it from others. */
const shown = (name) => name.replaceAll("\u200b", "").trim();

/** The smallest nodes of a crowded column as one, named data.rest; a node that is a rest already
 *  goes into it. The names of nodes must differ, so the column is told by signs nobody sees. */
function folded(data) {
  if (!data.rest) return data;
  const columns = depths(data);
  const renamed = new Map();
  for (const column of new Set(columns.values())) {
    for (const node of tooMany(data, (name) => columns.get(name) === column)) {
      renamed.set(node.name, data.rest + "\u200b".repeat(column + 1));
    }
  }
  const links = joined(data.links, (name) => renamed.get(name) ?? name, data.unit);
  const kept = data.nodes.filter((node) => !renamed.has(node.name));
  const rests = [...new Set(renamed.values())].map((name) => restNode(name, data, renamed, columns));
  return { nodes: [...kept, ...rests], links };
}

function tooMany(data, isHere) {
  const nodes = data.nodes.filter((node) => isHere(node.name));
  if (nodes.length <= MOST_NARROW) return [];
  const rank = (node) => (node.rest ? 0 : sizeOf(node.name, data.links));
  return nodes.toSorted((one, other) => rank(other) - rank(one)).slice(MOST_NARROW - 1);
}

function sizeOf(name, links) {
  const through = (side) => sum(links.filter((link) => link[side] === name).map((link) => link.value));
  return Math.max(through("source"), through("target"));
}

function restNode(name, data, renamed, columns) {
  const parts = data.nodes.filter((node) => renamed.get(node.name) === name);
  const value = sum(parts.map((node) => sizeOf(node.name, data.links)));
  return { name, depth: columns.get(parts[0].name), colour: parts[0].colour, text: measured(value, data.unit) };
}

/** One band where several run between the same nodes; only a single one leads somewhere. */
function joined(links, nameOf, unit) {
  const found = new Map();
  for (const link of links) {
    const [source, target] = [nameOf(link.source), nameOf(link.target)];
    const before = found.get(`${source}\n${target}`);
    const value = link.value + (before?.value ?? 0);
    const band = before ? { source, target, value, text: measured(value, unit) } : { ...link, source, target };
    found.set(`${source}\n${target}`, band);
  }
  return [...found.values()];
}

/** As the server writes masses: from a hundred on without decimals. */
const measured = (value, unit = "") => `${local(value, value >= 100 ? 0 : 1)}\u00a0${unit}`;

/** How high the picture must be: it grows with its fullest column. */
export function sankeyHeight(full, look, canvas) {
  const narrow = isCrowded(full, look, canvas.clientWidth);
  const sizes = new Map();
  for (const depth of depths(narrow ? folded(full) : full).values()) sizes.set(depth, (sizes.get(depth) ?? 0) + 1);
  return Math.max(...sizes.values()) * (narrow ? NARROW_ROW + 26 : ROW + 16);
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
