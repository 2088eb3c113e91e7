// The admin API, asked as the rules of the house have it: with a token if there is one, never in an address.

const KEY = "postmaster.token";
const PATIENCE = 10_000; // milliseconds: an answer never waits for the loop, so this is a dead network

/** What the API refused, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? `the answer was ${status}`);
    this.status = status;
    this.remedy = body.remedy ?? "";
  }
}

export function keepToken(token) {
  sessionStorage.setItem(KEY, token);
}

/** A response that is not an error; throws a Problem, or what fetch throws if nobody answers. */
export async function request(path, options = {}) {
  const token = sessionStorage.getItem(KEY);
  const headers = token === null ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch(path, { cache: "no-store", credentials: "omit", ...options, headers });
  if (!response.ok) {
    throw new Problem(response.status, await response.json().catch(() => ({})));
  }
  return response;
}

export async function view(name) {
  return (await request(`api/v1/${name}`, { signal: AbortSignal.timeout(PATIENCE) })).json();
}

export async function act(name) {
  return (await request(`api/v1/${name}`, { method: "POST", signal: AbortSignal.timeout(PATIENCE) })).json();
}

export async function exposition() {
  return (await request("q/metrics", { signal: AbortSignal.timeout(PATIENCE) })).text();
}
