// Reads what Prometheus reads, as far as the charts need it.

/** The sum of a sample's values over all its labels; 0 if there is none. */
export function sum(text, name) {
  let total = 0;
  for (const line of text.split("\n")) {
    if (line.startsWith(name) && (line[name.length] === "{" || line[name.length] === " ")) {
      total += Number(line.slice(line.lastIndexOf(" ") + 1));
    }
  }
  return total;
}

/** Turns sums that only grow into what happened between two looks. */
export class Growth {
  constructor() {
    this.before = new Map();
  }

  /** How much it grew; undefined at the first look and after a restart of who counts. */
  of(name, value) {
    const before = this.before.get(name);
    this.before.set(name, value);
    return before === undefined || value < before ? undefined : value - before;
  }
}
