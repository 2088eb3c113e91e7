// The process tree as a table. Rows are kept, so that hundreds of children cost little and the focus stays where it is.

import { age, clock, element, say } from "./text.js";

const MOST = 400; // rows shown at a time; the box above the table finds the others

export class Processes {
  /** @param terminate called with the row of the backend that is to end */
  constructor(body, search, count, terminate) {
    this.body = body;
    this.search = search;
    this.count = count;
    this.terminate = terminate;
    this.rows = new Map();
    search.addEventListener("input", () => this.draw());
  }

  show({ processes, ended }) {
    const depth = new Map([[0, -1]]);
    processes.forEach((row) => depth.set(row.pid, (depth.get(row.parent) ?? -1) + 1));
    this.all = [
      ...processes.map((row) => ({ ...row, depth: depth.get(row.pid) })),
      ...ended.map((row) => ({ ...row, depth: 1, state: "ended" }))];
    this.living = processes.length;
    this.draw();
  }

  draw() {
    if (!this.all) {
      return;
    }
    const words = this.search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const found = this.all.filter((row) => {
      const text = `${row.pid ?? ""} ${row.name} ${row.kind} ${row.state} ${row.client ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const shown = found.slice(0, MOST);
    const before = this.rows;
    this.rows = new Map(shown.map((row) => {
      const key = row.pid === undefined ? `ended ${row.name}` : `${row.pid} ${row.name}`;
      return [key, before.get(key) ?? this.make(row)];
    }));
    const trs = [...this.rows.values()];
    before.forEach((tr, key) => this.rows.has(key) || tr.remove());
    trs.forEach((tr, n) => {
      fill(tr, shown[n]);
      if (this.body.children[n] !== tr) {
        this.body.insertBefore(tr, this.body.children[n] ?? null);
      }
    });
    const hidden = found.length - shown.length;
    say(this.count, `${this.living} living${words.length > 0 ? `, ${found.length} found` : ""}${
      hidden > 0 ? `, ${hidden} more not shown` : ""}`);
  }

  make(row) {
    const tr = element("tr", { "data-kind": row.kind });
    for (const kind of ["number", "name", "", "number", "client", "last", ""]) {
      tr.append(element("td", kind === "" ? {} : { class: kind }));
    }
    tr.children[1].append(element("span", { class: "branch", "aria-hidden": "true" }, row.depth > 0 ? "└ " : ""), row.name);
    tr.children[1].classList.add(`depth${Math.min(row.depth, 3)}`);
    if (row.kind === "backend" && row.depth === 1 && row.pid !== undefined) {
      const end = element("button", { type: "button", class: "small", "aria-label": `End the session of backend ${row.pid}` }, "End");
      end.addEventListener("click", () => this.terminate(row.pid, tr.children[4].textContent));
      tr.children[6].append(end);
    }
    return tr;
  }
}

function fill(tr, row) {
  tr.classList.toggle("ended", row.pid === undefined);
  say(tr.children[0], row.pid === undefined ? "" : String(row.pid));
  say(tr.children[2], row.state);
  say(tr.children[3], row.ageSeconds === undefined ? "" : age(row.ageSeconds));
  say(tr.children[4], row.client ?? "");
  if (tr.children[6].firstChild) {
    tr.children[6].firstChild.hidden = row.client === ""; // a spare has no session
  }
  say(tr.children[5], row.lastExit ? `${clock(row.lastExit.at)} ${row.lastExit.what}` : "");
}
