// Asks the API once a second, and shows what it says. Nothing is kept but what the charts need.

import { Problem, act, exposition, keepToken, view } from "./api.js";
import { Chart } from "./charts.js";
import { Diagram } from "./diagram.js";
import { Log } from "./log.js";
import { Growth, sum } from "./metrics.js";
import { Processes } from "./processes.js";
import { age, clock, element, say } from "./text.js";

const BEAT = 1_000; // milliseconds between two looks
const RARELY = 15; // looks between two looks at the settings

const place = (id) => document.getElementById(id);
const diagram = new Diagram(place("diagram"), place("exits"));
const processes = new Processes(place("rows"), place("which"), place("count"), terminate);
const log = new Log({
  list: place("records"), scroller: place("tail"), listening: place("listening"),
  kind: place("kind"), pid: place("pid"), level: place("level"),
});
const perSecond = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)}/s`;
const millis = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const charts = {
  sessions: new Chart(place("charts"), "Sessions", "", (value) => String(Math.round(value * 10) / 10)),
  connections: new Chart(place("charts"), "Connections", "accepted", perSecond),
  launch: new Chart(place("charts"), "Launch", "mean cost of a child", millis),
  handover: new Chart(place("charts"), "Hand-over", "client to process, mean", millis),
};
const growth = new Growth();
let lostSince;
let newest;
let settings;
let looks = 0;

async function look() {
  const began = performance.now();
  try {
    const [status, { history }] = await Promise.all([view("status"), view("history")]);
    heard();
    showStatus(status, history);
    const [tree, metrics] = await Promise.all([view("processes"), exposition()]);
    processes.show(tree);
    showCharts(status, metrics);
    if (looks++ % RARELY === 0) {
      settings = (await view("settings")).settings;
    }
    log.offer([...tree.processes, ...tree.ended].filter((row) => row.parent !== 0).map((row) => row.kind));
    log.follow(whyNoLog());
  } catch (problem) {
    lost(problem);
  }
  // As long as the answers took, at least: a postmaster with a crowd of children is asked less often.
  setTimeout(whenVisible, Math.max(BEAT, performance.now() - began));
}

function whenVisible() {
  if (document.hidden) {
    document.addEventListener("visibilitychange", look, { once: true });
  } else {
    void look();
  }
}

function heard() {
  lostSince = undefined;
  place("door").hidden = true;
  document.body.classList.remove("stale");
  say(place("contact"), "live");
}

/** Says what is wrong and leaves the last that was known to be seen. */
function lost(problem) {
  lostSince ??= new Date();
  document.body.classList.add("stale");
  const refused = problem instanceof Problem;
  say(place("contact"), refused ? "refused" : "no answer");
  place("door").hidden = !(refused && problem.status === 401);
  notice(refused
    ? `The postmaster answers: ${problem.message}. ${problem.remedy}`
    : `The postmaster cannot be reached since ${clock(lostSince)}. What you see is older. Trying again every second.`);
  log.stop();
  looks = 0;
}

function notice(text) {
  place("notice").hidden = text === "";
  say(place("notice"), text);
}

function showStatus(status, history) {
  const now = Date.parse(status.heartbeat);
  const shutdown = status.shutdown === "none" ? "" : `, ${status.shutdown} shutdown`;
  const phase = status.pmState + (status.crashCycle ? ", crash cycle" : "") + shutdown;
  say(place("phase"), phase);
  place("phase").classList.toggle("crash", status.crashCycle);
  document.title = `${phase} – Postmaster`;
  say(place("since"), `for ${age((now - Date.parse(status.at)) / 1000)}: ${status.cause}`);
  notice(status.stuck ? `The loop of the postmaster was last seen at work at ${clock(status.heartbeat)}.` : waits(status));
  figures({
    Up: age((now - Date.parse(status.started)) / 1000),
    Clients: status.clients.answer,
    Sessions: status.clients.sessions,
    "Free slots": status.clients.freeSlots,
    "In line": status.clients.waitingForBackend,
    "Not introduced": status.clients.notIntroduced,
    "Last crash": status.lastCrash ? `${clock(status.lastCrash.at)} ${status.lastCrash.what}` : "none",
  });
  showHistory(history);
  diagram.show(history, now);
}

function waits(status) {
  if (status.awaited.length === 0) {
    return "";
  }
  const who = status.awaited.slice(0, 5).map((child) => `${child.kind} ${child.pid}`).join(", ");
  const others = status.awaited.length > 5 ? ` and ${status.awaited.length - 5} more` : "";
  const until = status.deadline ? ` At ${clock(status.deadline.at)}: ${status.deadline.what}.` : "";
  return `Waiting for ${who}${others}.${until}`;
}

function figures(all) {
  const list = place("figures");
  for (const [name, value] of Object.entries(all)) {
    let pair = list.querySelector(`[data-name="${name}"]`);
    if (pair === null) {
      pair = element("div", { "data-name": name }, element("dt", {}, name), element("dd"));
      list.append(pair);
    }
    say(pair.lastChild, String(value));
  }
}

function showHistory(turns) {
  const last = JSON.stringify(turns.at(-1));
  if (last === newest) {
    return;
  }
  newest = last;
  place("history").replaceChildren(...turns.toReversed().map((turn) => element("li", turn.crashCycle ? { class: "crash" } : {},
    element("time", { datetime: turn.at }, clock(turn.at)),
    element("b", {}, turn.pmState.replace("PM_", "")),
    element("span", {}, turn.cause))));
}

function showCharts(status, metrics) {
  const now = Date.now();
  const elapsed = growth.of("time", now);
  const rate = growth.of("accepted", sum(metrics, "postmaster_connections_accepted_total"));
  charts.sessions.add(now, status.clients.sessions);
  charts.connections.add(now, rate === undefined || !elapsed ? undefined : (rate * 1000) / elapsed);
  charts.launch.add(now, mean(metrics, "postmaster_launch_seconds"));
  charts.handover.add(now, mean(metrics, "postmaster_handover_seconds"));
}

/** In milliseconds; undefined if there was nothing to measure since the last look. */
function mean(metrics, name) {
  const count = growth.of(`${name}_count`, sum(metrics, `${name}_count`));
  const total = growth.of(`${name}_sum`, sum(metrics, `${name}_sum`));
  return count ? (total * 1000) / count : undefined;
}

/** Asked here, for a browser writes every refusal into its console. */
function whyNoLog() {
  const value = (name) => settings.find((setting) => setting.name === name).value;
  place("rotate").disabled = value("logging_collector") !== "on";
  return value("logging_collector") === "on" && value("log_destination").includes("console")
    ? "" : "not to be seen here: set logging_collector = on, and add console to log_destination";
}

async function ask(what) {
  try {
    await act(what);
    say(place("contact"), "asked for");
  } catch (problem) {
    notice(problem instanceof Problem ? `${problem.message}. ${problem.remedy}` : "The postmaster cannot be reached.");
  }
}

function terminate(pid, client) {
  say(place("question-text"), `Terminate the session of backend ${pid}${client ? ` (${client})` : ""}?`);
  const question = place("question");
  question.returnValue = "no";
  question.addEventListener("close", () => question.returnValue === "yes" && ask(`processes/${pid}/terminate`), { once: true });
  question.showModal();
}

place("reload").addEventListener("click", () => ask("reload"));
place("rotate").addEventListener("click", () => ask("rotate-log"));
place("clear").addEventListener("click", () => place("records").replaceChildren());
place("door").addEventListener("submit", (event) => {
  event.preventDefault();
  keepToken(place("token").value.trim());
  place("token").value = "";
});
void look();
