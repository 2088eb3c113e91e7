// The state machine as a race track: the way up runs along one side, the way down comes back along the other.

import { MOVES, PHASES } from "./moves.js";
import { element, say, shape } from "./text.js";

const LATELY = 20_000; // milliseconds for which a phase that was left stays marked
const NARROW = matchMedia("(max-width: 46rem)");

const WIDE_TRACK = { width: 900, height: 214, box: [128, 30], at: (n, of, down) => [
  75 + (down ? of - 1 - n : n) * ((900 - 150) / (of - 1)), down ? 176 : 30] };
const NARROW_TRACK = { width: 340, height: 420, box: [132, 30], at: (n, of, down) => [
  down ? 262 : 78, 30 + (down ? of - 1 - n : n) * (360 / (of - 1))] };

const rows = [PHASES.filter((phase) => !phase.stopping), PHASES.filter((phase) => phase.stopping)];

/** Keeps the picture in `place` and the ways out in `exits` true. */
export class Diagram {
  constructor(place, exits) {
    this.place = place;
    this.exits = exits;
    this.boxes = new Map();
    this.lines = new Map();
    NARROW.addEventListener("change", () => this.draw());
    this.draw();
  }

  draw() {
    this.track = NARROW.matches ? NARROW_TRACK : WIDE_TRACK;
    const { width, height } = this.track;
    this.picture = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "State diagram" });
    this.picture.append(arrowHead("tip"), arrowHead("tip-open"), arrowHead("tip-lit"));
    this.centres = new Map();
    rows.forEach((row, down) => row.forEach((phase, n) =>
      this.centres.set(phase.name, this.track.at(n, row.length, down === 1))));
    for (const move of MOVES) {
      this.lines.set(key(move.from, move.to), this.line(move));
    }
    for (const phase of PHASES) {
      this.boxes.set(phase.name, this.box(phase.name));
    }
    this.place.replaceChildren(this.picture);
    if (this.turns) {
      this.show(this.turns, this.now);
    }
  }

  box(name) {
    const [width, height] = this.track.box;
    const [x, y] = this.centres.get(name);
    const box = shape("g", { class: "node", "data-phase": name },
      shape("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 4 }),
      shape("text", { x, y: y + 4 }, name.replace("PM_", "")));
    this.picture.append(box);
    return box;
  }

  line(move) {
    const path = shape("path", { class: "way", d: this.curve(move) }, shape("title", {}, `${move.from} to ${move.to}: ${move.cause}`));
    this.picture.append(path);
    return path;
  }

  /** Leaves and arrives at the side that looks at the other phase; a way past a neighbour bows. */
  curve({ from, to }) {
    const [x1, y1] = this.centres.get(from);
    const [x2, y2] = this.centres.get(to);
    const [w, h] = this.track.box.map((side) => side / 2);
    const wide = this.track === WIDE_TRACK;
    const across = wide ? y1 !== y2 : x1 !== x2;
    const gap = wide ? Math.abs(x1 - x2) : Math.abs(y1 - y2);
    if (across) {
      return wide
        ? bend(x1, y1 + Math.sign(y2 - y1) * h, x2, y2 - Math.sign(y2 - y1) * h, 0, 46 * Math.sign(y2 - y1))
        : bend(x1 + Math.sign(x2 - x1) * w, y1, x2 - Math.sign(x2 - x1) * w, y2, 26 * Math.sign(x2 - x1), 0);
    }
    const [stepX, stepY] = this.step();
    if (gap < (wide ? stepX : stepY) * 1.5) {
      const back = this.isBack(from, to) ? 7 : 0;
      return wide
        ? `M${x1 + Math.sign(x2 - x1) * w},${y1 + back}L${x2 - Math.sign(x2 - x1) * w},${y2 + back}`
        : `M${x1 + back},${y1 + Math.sign(y2 - y1) * h}L${x2 + back},${y2 - Math.sign(y2 - y1) * h}`;
    }
    const inside = this.isDown(from) ? -1 : 1;
    return wide
      ? arch(x1, y1 + inside * h, x2, y2 + inside * h, 0, inside * 30)
      : arch(x1 + inside * w, y1, x2 + inside * w, y2, inside * 24, 0);
  }

  step() {
    return [(this.track.width - 150) / Math.max(...rows.map((row) => row.length - 1)), 360 / Math.max(...rows.map((row) => row.length - 1))];
  }

  isDown(name) {
    return rows[1].some((phase) => phase.name === name);
  }

  isBack(from, to) {
    const order = PHASES.map((phase) => phase.name);
    return order.indexOf(from) > order.indexOf(to);
  }

  /** @param turns of the API's history, the oldest first */
  show(turns, now) {
    this.turns = turns;
    this.now = now;
    const current = turns.at(-1);
    const late = turns.filter((turn) => now - Date.parse(turn.at) < LATELY);
    const trail = turns.slice(turns.length - late.length - (late.length < turns.length ? 1 : 0));
    const steps = trail.slice(1).flatMap((turn, n) => route(trail[n].pmState, turn.pmState));
    const travelled = new Set(steps.map((move) => key(move.from, move.to)));
    const passed = new Set([...trail.map((turn) => turn.pmState), ...steps.map((move) => move.to)]);
    for (const [name, box] of this.boxes) {
      const lit = name === current.pmState;
      box.classList.toggle("lit", lit);
      box.classList.toggle("crash", lit && current.crashCycle);
      box.classList.toggle("passed", !lit && passed.has(name));
    }
    for (const [way, line] of this.lines) {
      line.classList.toggle("travelled", travelled.has(way));
      line.classList.toggle("open", way.startsWith(`${current.pmState}>`));
    }
    const label = `State diagram; the current state is ${current.pmState}`;
    if (this.picture.getAttribute("aria-label") !== label) {
      this.picture.setAttribute("aria-label", label);
    }
    this.showExits(current.pmState);
  }

  showExits(name) {
    if (this.exits.dataset.of === name) {
      return;
    }
    this.exits.dataset.of = name;
    const list = element("ul");
    for (const move of MOVES.filter((one) => one.from === name)) {
      list.append(element("li", {}, element("b", {}, move.to.replace("PM_", "")), ` ${move.cause}`));
    }
    const title = element("h3");
    say(title, `Ways out of ${name}`);
    this.exits.replaceChildren(title, list);
  }
}

function key(from, to) {
  return `${from}>${to}`;
}

/** The moves from one turn to the next: the history leaves out phases that are passed through in one step. */
function route(from, to) {
  const routes = [{ at: from, moves: [] }];
  const seen = new Set([from]);
  for (const { at, moves } of routes) {
    if (at === to) {
      return moves;
    }
    for (const move of MOVES.filter((one) => one.from === at && !seen.has(one.to))) {
      seen.add(move.to);
      routes.push({ at: move.to, moves: [...moves, move] });
    }
  }
  return [];
}

function bend(x1, y1, x2, y2, dx, dy) {
  return `M${x1},${y1}C${x1 + dx},${y1 + dy} ${x2 - dx},${y2 - dy} ${x2},${y2}`;
}

function arch(x1, y1, x2, y2, dx, dy) {
  return `M${x1},${y1}C${x1 + dx},${y1 + dy} ${x2 + dx},${y2 + dy} ${x2},${y2}`;
}

function arrowHead(id) {
  return shape("marker", { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 6, markerHeight: 6, orient: "auto" },
    shape("path", { d: "M0,0.8L7.5,4L0,7.2z" }));
}
