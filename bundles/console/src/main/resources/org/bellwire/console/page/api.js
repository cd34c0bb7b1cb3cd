// Requests to the gateway, and what happens there, live.
let csrf = '';

export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

export async function ask(path, method = 'GET', body) {
  const headers = { Accept: 'application/json' };
  if (method !== 'GET') {
    headers['X-CSRF-Token'] = csrf;
    headers['Content-Type'] = 'application/json';
  }
  const answer = await fetch(path, {
    method, headers, credentials: 'same-origin', cache: 'no-store',
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const read = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Refused(answer.status, read.error || `HTTP ${answer.status}`);
  }
  return read;
}

export async function login(proof) {
  csrf = (await ask('/api/session', 'POST', proof)).csrf;
}

export async function resume() {
  csrf = (await ask('/api/session')).csrf;
}

export async function logout() {
  await ask('/api/session', 'DELETE');
}

export const part = (text) => encodeURIComponent(text);

// Listeners by kind: phone, event, request, sent, result, refused, overview, reset, and "line" for true or false.
const listeners = new Map();

export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind).add(listener);
  return () => listeners.get(kind).delete(listener);
}

// Asks, and keeps what the stream told of these kinds meanwhile: it may be newer than the answer.
export async function askBeside(kinds, path) {
  const told = [];
  const ends = kinds.map((kind) => on(kind, (data) => told.push([kind, data])));
  try {
    return { answer: await ask(path), told };
  } finally {
    ends.forEach((end) => end());
  }
}

function tell(kind, data) {
  for (const listener of listeners.get(kind) || []) listener(data);
}

let source;

export function listen() {
  source?.close();
  source = new EventSource('/api/stream?recent=200');
  for (const kind of ['phone', 'event', 'request', 'sent', 'result', 'refused', 'overview', 'reset']) {
    source.addEventListener(kind, (message) => tell(kind, JSON.parse(message.data)));
  }
  source.onopen = () => tell('line', true);
  source.onerror = () => {
    tell('line', false);
    if (source.readyState === EventSource.CLOSED) setTimeout(retry, 3000);
  };
}

async function retry() {
  try {
    await resume();
    listen();
    tell('reset', {});
  } catch (e) {
    if (e.status === 401) tell('out', {});
    else setTimeout(retry, 3000);
  }
}

export function hush() {
  source?.close();
}
