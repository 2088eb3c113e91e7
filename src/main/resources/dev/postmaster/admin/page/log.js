// The log, as server-sent events. By fetch and not by EventSource, which could not show a token.

import { request } from "./api.js";
import { clock, element, say } from "./text.js";

const MOST = 500; // records kept
const AGAIN = 2_000; // milliseconds until a broken stream is asked for once more

export class Log {
  /** @param parts of the page: list, scroller, kind, pid, level, listening */
  constructor(parts) {
    Object.assign(this, parts);
    this.wanted = false;
    for (const filter of [this.kind, this.pid, this.level]) {
      filter.addEventListener("change", () => this.restart());
    }
  }

  /** Listens, if there is a log to listen to. @param why there is none; empty if there is one */
  follow(why) {
    if (why !== "") {
      this.stop();
      say(this.listening, why);
    } else if (!this.wanted) {
      this.wanted = true;
      this.restart();
    }
  }

  stop() {
    this.wanted = false;
    this.stream?.abort();
  }

  restart() {
    this.stream?.abort();
    if (this.wanted) {
      this.stream = new AbortController();
      void this.listen(this.stream.signal);
    }
  }

  async listen(signal) {
    try {
      const response = await request(`api/v1/log${this.query()}`, { signal });
      say(this.listening, "live");
      await this.read(response.body.pipeThrough(new TextDecoderStream()).getReader());
      say(this.listening, "ended");
    } catch (problem) {
      if (signal.aborted) {
        return;
      }
      say(this.listening, problem.remedy ? `${problem.message}; ${problem.remedy}` : "not connected");
    }
    setTimeout(() => signal.aborted || this.restart(), AGAIN);
  }

  query() {
    const query = new URLSearchParams();
    for (const filter of [this.kind, this.pid, this.level]) {
      if (filter.value !== "" && filter.checkValidity()) {
        query.set(filter.id, filter.value);
      }
    }
    return query.size === 0 ? "" : `?${query}`;
  }

  async read(reader) {
    let rest = "";
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const events = (rest + piece.value).split("\n\n");
      rest = events.pop();
      this.add(events.map(parse).filter((event) => event !== undefined));
    }
  }

  add(events) {
    if (events.length === 0) {
      return;
    }
    const atEnd = this.scroller.scrollTop + this.scroller.clientHeight >= this.scroller.scrollHeight - 24;
    this.list.append(...events.slice(-MOST).map(row));
    while (this.list.children.length > MOST) {
      this.list.firstChild.remove();
    }
    if (atEnd) {
      this.scroller.scrollTop = this.scroller.scrollHeight;
    }
  }

  /** Offers these kinds beside those that were offered before. */
  offer(kinds) {
    const known = new Set([...this.kind.options].map((option) => option.value));
    for (const kind of kinds) {
      if (!known.has(kind)) {
        this.kind.append(element("option", {}, kind));
        known.add(kind);
      }
    }
  }
}

/** Comments are undefined. */
function parse(event) {
  const lines = event.split("\n");
  const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
  return data === "" ? undefined : { dropped: lines.includes("event: dropped"), ...JSON.parse(data) };
}

function row(record) {
  if (record.dropped) {
    return element("li", { class: "warning" }, `${record.dropped === true ? "Some" : record.dropped} records were lost: the page read too slowly`);
  }
  const level = record.error_severity ?? "LOG";
  return element("li", { class: level.toLowerCase() },
    element("time", {}, record.timestamp ? time(record.timestamp) : ""),
    element("span", { class: "pid" }, String(record.pid ?? "")),
    element("span", { class: "kind" }, record.backend_type ?? ""),
    element("span", { class: "level" }, level),
    element("span", { class: "message" }, [record.message, record.detail && `DETAIL: ${record.detail}`,
      record.hint && `HINT: ${record.hint}`, record.statement && `STATEMENT: ${record.statement}`].filter(Boolean).join("  ")));
}

/** jsonlog's time as it is: in the log's time zone. */
function time(timestamp) {
  return timestamp.split(" ")[1] ?? clock(timestamp);
}
