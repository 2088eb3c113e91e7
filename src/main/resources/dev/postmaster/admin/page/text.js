// Small things that every part of the page needs: elements, times and ages.

/** An element with attributes and children; a child may be a text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  return fill(made, attributes, children);
}

/** The same for pictures. */
export function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  return fill(made, attributes, children);
}

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Changes a text only if it is another one: a screen reader, and the eye, need not look again. */
export function say(place, text) {
  if (place.textContent !== text) {
    place.textContent = text;
  }
}

/** "4s", "12m", "3h 20m", "5d 2h". */
export function age(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) {
    return `${s}s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)}m ${s % 60}s`;
  }
  return s < 86400
    ? `${Math.floor(s / 3600)}h ${Math.floor((s % 3600) / 60)}m`
    : `${Math.floor(s / 86400)}d ${Math.floor((s % 86400) / 3600)}h`;
}

/** Time of day, and the day if it is not today's. */
export function clock(at) {
  const time = new Date(at);
  const day = time.toDateString() === new Date().toDateString() ? "" : `${time.toISOString().slice(5, 10)} `;
  return day + time.toLocaleTimeString("en-GB");
}
