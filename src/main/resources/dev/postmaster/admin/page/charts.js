// Small charts of the last five minutes, from what the page has seen itself.

import { element, say, shape } from "./text.js";

const SPAN = 300_000; // milliseconds that are kept
const NARROWEST = 60_000; // and that are shown from the first on
const WIDTH = 400;
const HEIGHT = 84;

/** One line over time: `form` makes a text of a value. */
export class Chart {
  constructor(place, title, hint, form) {
    this.form = form;
    this.title = title;
    this.points = [];
    this.value = element("span", { class: "value" }, "–");
    this.top = shape("text", { x: 2, y: 10 });
    this.area = shape("path", { class: "area" });
    this.line = shape("path", { class: "line" });
    this.dots = shape("path", { class: "dots" });
    this.picture = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": title },
      shape("path", { class: "grid", d: `M0,${HEIGHT - 0.5}H${WIDTH}M0,14.5H${WIDTH}M${WIDTH / 2},14V${HEIGHT}` }),
      this.area, this.line, this.dots);
    this.ceiling = element("span", { class: "ceiling" });
    this.beginning = element("span");
    place.append(element("figure", { class: "chart" },
      element("figcaption", {}, element("h3", {}, title), this.value, element("span", { class: "quiet" }, hint)),
      element("div", { class: "plot" }, this.picture, this.ceiling),
      element("div", { class: "axis" }, this.beginning, element("span", {}, "now"))));
  }

  /** @param value undefined if there is nothing to tell of this moment */
  add(now, value) {
    this.points.push({ at: now, value });
    while (this.points[0].at < now - SPAN) {
      this.points.shift();
    }
    this.draw(now);
  }

  draw(now) {
    const known = this.points.filter((point) => point.value !== undefined);
    const highest = nice(Math.max(...known.map((point) => point.value), 0));
    const span = Math.max(NARROWEST, now - this.points[0].at);
    const x = (point) => (WIDTH * (1 - (now - point.at) / span)).toFixed(1);
    const y = (point) => (HEIGHT - 1 - ((HEIGHT - 16) * point.value) / highest).toFixed(1);
    const runs = pieces(this.points);
    this.line.setAttribute("d", runs.map((run) => `M${run.map((p) => `${x(p)},${y(p)}`).join("L")}`).join(""));
    this.dots.setAttribute("d", runs.filter((run) => run.length === 1).map(([p]) => `M${x(p)},${y(p)}h0.01`).join(""));
    this.area.setAttribute("d", runs.filter((run) => run.length > 1).map((run) =>
      `M${x(run[0])},${HEIGHT}L${run.map((p) => `${x(p)},${y(p)}`).join("L")}L${x(run.at(-1))},${HEIGHT}Z`).join(""));
    const last = known.length === 0 ? "–" : this.form(known.at(-1).value);
    say(this.value, last);
    say(this.beginning, `${Math.round(span / 60_000)} min ago`);
    say(this.ceiling, known.length === 0 ? "" : this.form(highest));
    this.picture.setAttribute("aria-label", `${this.title}: ${last} now, at most ${known.length === 0 ? "–"
      : this.form(Math.max(...known.map((point) => point.value)))} in the last five minutes`);
  }
}

/** Runs of neighbours that are known. */
function pieces(points) {
  const runs = [];
  let run = [];
  for (const point of points) {
    if (point.value !== undefined) {
      run.push(point);
    } else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return run.length > 0 ? [...runs, run] : runs;
}

/** The next of 1, 2, 5 times a power of ten. */
function nice(value) {
  if (value <= 0) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value);
}
