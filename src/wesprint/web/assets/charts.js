// Charts are drawn beside a table that is always there; this file loads only where there is one.
import { BarChart, CustomChart, LineChart, SankeyChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { each } from "./js/each.js";
import { heightFor, optionFor } from "./js/chart_options.js";

use([
  AriaComponent, BarChart, CustomChart, GridComponent, LegendComponent, LineChart, SankeyChart, SVGRenderer,
  TooltipComponent,
]);

const FONTS = ['400 14px "Fira Sans"', '600 14px "Fira Sans"'];

each("[data-ws-chart]", (figure) => {
  const canvas = figure.querySelector(".ws-chart__canvas");
  const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  canvas.dataset.drawn = "1";
  const chart = init(canvas, null, { renderer: "svg" });
  const draw = () => chart.setOption(optionFor(figure.dataset.wsChart, data, canvas), true);
  const begin = () => {
    const wanted = heightFor(figure.dataset.wsChart, data, canvas);
    if (wanted > canvas.clientHeight) canvas.style.blockSize = `${wanted}px`;
    chart.resize();
    draw();
    new ResizeObserver(() => {
      if (!canvas.isConnected) return chart.dispose();
      chart.resize();
      draw();
    }).observe(canvas);
  };
  // what a band leads to; the table beside the picture has the same as links
  chart.on("click", ({ data: part }) => part?.url && location.assign(part.url));
  // words are measured once, so the font that they are drawn in must be there before
  Promise.all(FONTS.map((font) => document.fonts.load(font))).then(begin, begin);
  document.addEventListener("ws:theme", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
});
