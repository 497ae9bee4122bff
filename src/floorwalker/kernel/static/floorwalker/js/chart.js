// Draws the charts of a page with ECharts, fetched once, after the page has been painted and only when one comes into view.

const TWO_LINES = 30; // pixels of a name beside its line

let library;

function fetchLibrary(address) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(window.echarts));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return library;
}

const afterPaint = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--ui-${name}`).trim();

class Chart extends HTMLElement {
  connectedCallback() {
    this.plot = this.querySelector(".ui-chart-plot");
    this.data = JSON.parse(document.getElementById(this.dataset.for).textContent);
    this.toggleAttribute("data-cover", this.data.cover);
    this.seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.seen.disconnect();
      this.draw();
    }, { rootMargin: "200px" });
    this.seen.observe(this.plot);
    this.again = () => this.paint();
    document.addEventListener("ui:theme", this.again);
  }

  disconnectedCallback() {
    this.seen.disconnect();
    this.size?.disconnect();
    document.removeEventListener("ui:theme", this.again);
    this.drawn?.dispose();
  }

  async draw() {
    await afterPaint();
    const echarts = await fetchLibrary(this.dataset.library);
    if (!this.isConnected) return;
    this.drawn = echarts.init(this.plot, null, { renderer: "svg" });
    this.paint();
    let width = this.plot.clientWidth;
    this.size = new ResizeObserver(() => {
      if (this.plot.clientWidth === width) return;
      width = this.plot.clientWidth;
      this.drawn.resize();
      this.paint();
    });
    this.size.observe(this.plot);
    this.dataset.drawn = "";
  }

  paint() {
    this.drawn?.setOption(option(this.data, this.plot.clientWidth, this.plot.clientHeight), true);
  }
}

// Names at the ends of lines that end close together would lie on each other; the legend names these lines.
function apart(each, data, height) {
  const values = data.series.flatMap((other) => other.values).filter((value) => value !== null);
  const scale = height / (Math.max(...values) - Math.min(0, ...values) || 1);
  const end = (other) => other.values.findLast((value) => value !== null) ?? NaN;
  return data.series.every((other) => other === each || !(Math.abs(end(other) - end(each)) * scale < TWO_LINES));
}

function option(data, width, height) {
  const ink = { text: token("ink-soft"), strong: token("ink"), line: token("line"), surface: token("surface") };
  const font = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
  const narrow = width < 560;
  const named = data.series.filter((each) => ["history", "forecast", "plain"].includes(each.role)).length;
  const beside = !narrow && named > 0 && named <= 4;
  const number = new Intl.NumberFormat(document.documentElement.lang || "en", {
    maximumFractionDigits: data.digits ?? 1, minimumFractionDigits: data.digits ?? 0,
  });
  return {
    animation: false,
    textStyle: font,
    grid: { left: 4, right: beside ? 112 : 12, top: data.marks.length ? 26 : 10, bottom: 4, containLabel: true },
    xAxis: xAxis(data, ink, width),
    yAxis: {
      type: "value", min: (found) => Math.min(0, found.min), splitNumber: narrow ? 3 : 5,
      axisLabel: { color: ink.text, formatter: (value) => number.format(value) },
      splitLine: { lineStyle: { color: ink.line } },
    },
    tooltip: {
      trigger: "axis", renderMode: "richText", confine: true, backgroundColor: ink.surface, borderColor: token("line-strong"),
      textStyle: { color: ink.strong, ...font }, axisPointer: { lineStyle: { color: token("line-strong") } },
      formatter: (points) => said(data, points[0]?.dataIndex, number),
    },
    series: [...data.series.flatMap((each) => drawn(each, data, ink, beside && apart(each, data, height))), ...cover(data)].map((each, index) =>
      index === 0 && data.marks.length ? { ...each, ...marks(data, ink, narrow, width - (beside ? 160 : 60)) } : each),
  };
}

function xAxis(data, ink, width) {
  const room = Math.max(2, Math.floor(width / 64));
  const strong = data.ticks.filter((tick) => tick.strong);
  let shown = data.ticks.length > room && strong.length >= 3 ? strong : data.ticks;
  const skip = Math.ceil(shown.length / room);
  shown = shown.filter((_, index) => index % skip === 0);
  const words = new Map(shown.map((tick) => [tick.at, tick.label]));
  return {
    type: "category", data: data.points, boundaryGap: data.cover || data.series.some((each) => ["bar", "interval"].includes(each.role)),
    axisLine: { lineStyle: { color: token("line-strong") } },
    axisTick: { interval: (index) => words.has(index), lineStyle: { color: token("line-strong") }, alignWithLabel: true },
    axisLabel: { color: ink.text, ...(data.named ? { width: width / Math.max(1, shown.length) - 12, overflow: "break" } : {}), interval: (index) => words.has(index), formatter: (_, index) => words.get(index) ?? "", hideOverlap: true },
  };
}

// The second, third and fourth line of a role: another colour, and other dashes for those who do not see colours.
const KINS = [null, { name: "kin-1", type: [2, 3] }, { name: "kin-2", type: [9, 3] }, { name: "kin-3", type: [7, 3, 2, 3] }];

function look(each, colour, lineStyle) {
  const kin = KINS[each.kin];
  return kin
    ? { itemStyle: { color: token(kin.name) }, lineStyle: { ...lineStyle, type: kin.type } }
    : { itemStyle: { color: colour }, lineStyle };
}

function drawn(each, data, ink, beside) {
  // A name at the end of a line that ends in the middle would lie on the others; the legend names it.
  const last = each.values.findLastIndex((value) => value !== null);
  const label = { show: beside && last >= each.values.length * 0.96 - 1, formatter: "{a}", color: ink.strong, distance: 6, width: 100, overflow: "break", fontSize: 12, lineHeight: 14 };
  const alone = each.values.filter((value) => value !== null).length === 1; // one value makes no line
  const line = { type: "line", name: each.name, data: each.values, showSymbol: alone, symbol: "circle", symbolSize: 8, connectNulls: false, emphasis: { disabled: true }, labelLayout: { moveOverlap: "shiftY" } };
  switch (each.role) {
    case "history":
      return [...band(each, "history"), { ...line, z: 4, ...look(each, token("history"), { width: 2 }), endLabel: label }];
    case "forecast":
      return [...band(each, "forecast"), {
        ...line, z: 5, itemStyle: { color: token("forecast") }, lineStyle: { width: 2, type: [6, 4] }, endLabel: label,
      }];
    case "required":
      return [{ ...line, z: 6, step: "middle", itemStyle: { color: token("required") }, lineStyle: { width: 2 } }];
    case "rostered":
      // Beside a requirement the coverage bars are the area, edge to edge.
      return data.cover ? [] : [{
        ...line, z: 2, step: "middle", itemStyle: { color: token("rostered") }, lineStyle: { width: 1 },
        areaStyle: { color: token("rostered-wash"), opacity: 1 },
      }];
    case "bar":
      return [{ type: "bar", name: each.name, data: each.values, barMaxWidth: 40, itemStyle: { color: token("rostered") }, emphasis: { disabled: true } }];
    case "interval":
      // ECharts' small build draws no error bars; marked stretches from low to high are the same picture. They do
      // not count for the axis: unseen points at both ends do, or what reaches beyond the highest point is cut off.
      return [...[each.low, each.high].map((ends) => ({
        ...line, name: `${each.name} ends`, data: ends, showSymbol: false, silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false }, emphasis: { disabled: true },
      })), {
        ...line, showSymbol: true, symbol: "circle", symbolSize: 9, z: 5, lineStyle: { opacity: 0 }, itemStyle: { color: token("history") },
        markLine: {
          silent: true, symbol: "none", animation: false, label: { show: false }, lineStyle: { color: token("history"), type: "solid", width: 2 },
          data: each.low.flatMap((low, at) => (low === null ? [] : [[{ coord: [at, low] }, { coord: [at, each.high[at]] }]])),
        },
      }];
    default:
      return [{ ...line, z: 3, ...look(each, ink.text, { width: 1.25 }), endLabel: label }];
  }
}

// A band is two stacked lines: an invisible lower edge and the distance to the upper one.
function band(each, colour) {
  if (!each.low.length) return [];
  const edge = {
    type: "line", stack: `${each.name} band`, stackStrategy: "all", showSymbol: false, silent: true, z: 1, lineStyle: { opacity: 0 },
    tooltip: { show: false }, emphasis: { disabled: true },
  };
  const height = each.high.map((high, index) => (high === null ? null : high - each.low[index]));
  return [
    { ...edge, name: `${each.name} low`, data: each.low },
    { ...edge, name: `${each.name} high`, data: height, areaStyle: { color: token(colour), opacity: 0.16 } },
  ];
}

// Missing people are hatched, surplus ones dotted, so that colour is not needed to tell them apart.
function cover(data) {
  if (!data.cover) return [];
  const required = data.series.find((each) => each.role === "required").values;
  const rostered = data.series.find((each) => each.role === "rostered").values;
  const base = required.map((need, index) => Math.min(need ?? 0, rostered[index] ?? 0));
  const gap = (sign) => required.map((need, index) => Math.max(0, sign * ((need ?? 0) - (rostered[index] ?? 0))) || null);
  const bar = { type: "bar", stack: "cover", barCategoryGap: "-3%", barGap: "-100%", silent: true, z: 3, tooltip: { show: false } };
  const hatch = { color: token("bad"), dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 };
  const dots = { symbol: "circle", symbolSize: 0.5, color: token("rostered"), dashArrayX: [[4, 4], [0, 4, 4, 0]], dashArrayY: [4, 0] };
  return [
    { ...bar, name: "base", data: base, itemStyle: { color: token("rostered-wash") } },
    { ...bar, name: data.words.under, data: gap(1), itemStyle: { color: token("bad-wash"), decal: hatch } },
    { ...bar, name: data.words.over, data: gap(-1), itemStyle: { color: token("rostered-wash"), decal: dots } },
  ];
}

// A name that would run into the one before it is left to the tooltip, which names every mark of a moment.
function readable(marks, data, widest, plot) {
  let end = -Infinity;
  return [...marks].sort((one, other) => one.from - other.from).map((mark) => {
    const middle = ((mark.from + mark.to) / 2 / Math.max(1, data.points.length - 1)) * plot;
    const half = Math.min(widest, mark.label.length * 6.8) / 2;
    const fits = middle - half > end + 8;
    if (fits) end = middle + half;
    return fits ? mark : { ...mark, label: "" };
  });
}

function marks(data, ink, narrow, plot) {
  const words = { show: true, color: ink.text, fontSize: 12, formatter: "{b}" };
  const shown = readable(data.marks, data, narrow ? 84 : 160, plot);
  const days = shown.filter((mark) => mark.to === mark.from);
  const spans = shown.filter((mark) => mark.to !== mark.from);
  return {
    markLine: {
      silent: true, symbol: "none", animation: false, lineStyle: { color: token("line-strong"), type: "dashed" },
      label: { ...words, position: "end", overflow: "truncate", width: narrow ? 84 : 160 },
      data: days.map((mark) => ({ name: mark.label, xAxis: mark.from })),
    },
    markArea: {
      silent: true, animation: false, itemStyle: { color: token("neutral-wash"), opacity: 0.7 },
      label: { ...words, position: "top", overflow: "truncate", width: narrow ? 84 : 200 },
      data: spans.map((mark) => [{ name: mark.label, xAxis: mark.from }, { xAxis: mark.to }]),
    },
  };
}

function said(data, index, number) {
  if (index === undefined) return "";
  const lines = [data.points[index]];
  for (const each of data.series) {
    const value = each.values[index];
    if (value === null || value === undefined) continue;
    const edges = each.low.length && each.low[index] !== null ? ` (${number.format(each.low[index])}–${number.format(each.high[index])})` : "";
    lines.push(`${each.name}: ${number.format(value)}${edges}`);
  }
  if (data.cover) {
    const gap = data.series.find((each) => each.role === "rostered").values[index] - data.series.find((each) => each.role === "required").values[index];
    if (gap) lines.push(`${number.format(Math.abs(gap))} ${gap < 0 ? data.words.under : data.words.over}`);
  }
  for (const mark of data.marks) if (mark.from <= index && index <= mark.to) lines.push(mark.label);
  return lines.join("\n");
}

if (!customElements.get("ui-chart")) customElements.define("ui-chart", Chart);
