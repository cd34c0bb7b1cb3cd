// Small parts that several views use.
import { html, svg, nothing } from './lib/lit-html.js';
import { t } from './text.js';

const SHAPES = {
  idle: svg`<circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="1.500"/>`,
  ringing: svg`<path d="M8 1.500 14.500 8 8 14.500 1.500 8z" fill="currentColor"/>`,
  dialing: svg`<path d="M3 13 13 3M6 3h7v7" fill="none" stroke="currentColor" stroke-width="2"/>`,
  connected: svg`<circle cx="8" cy="8" r="5.500" fill="currentColor"/>`,
  held: svg`<path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor"/>`,
  offline: svg`<path d="M3 8h10" stroke="currentColor" stroke-width="2"/>`,
  elsewhere: svg`<path d="M2 8h11M9 4l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.500"/>`,
  fault: svg`<path d="M8 1.500 15 14H1z" fill="none" stroke="currentColor" stroke-width="1.500"/><path d="M8 6v4M8 11.500v1" stroke="currentColor" stroke-width="1.500"/>`,
};

export function stateOf(phone) {
  if (phone.fault) return 'fault';
  if (phone.gateway && phone.availability !== 'online' && !Object.keys(phone.states).length) return 'elsewhere';
  const call = phone.states.call;
  if (call && call !== 'idle') return call;
  return phone.availability === 'online' ? 'idle' : 'offline';
}

export const badge = (state, gateway = '') => html`<span class="badge is-${state}"><svg viewBox="0 0 16 16" aria-hidden="true">${SHAPES[state] || SHAPES.idle}</svg>${state === 'elsewhere' ? t.at(gateway) : t[state] || state}</span>${gateway && state !== 'elsewhere' ? html` <span class="soft">${t.at(gateway)}</span>` : nothing}`;

export function party(states) {
  const who = states.peer_name || states.peer_number;
  if (!who) return nothing;
  const number = states.peer_name && states.peer_number ? html` <span class="soft">${states.peer_number}</span>` : nothing;
  return html`<span class="soft">${t[states.direction] || ''}</span> ${who}${number}`;
}

export function flags(states) {
  const set = [];
  if (states.dnd === 'ON') set.push(t.dnd);
  if (states.forward_always === 'ON' || states.forward_busy === 'ON' || states.forward_no_answer === 'ON') set.push(t.forward);
  if (states.mute === 'ON') set.push(t.mute);
  if (states.off_hook === 'ON' && (!states.call || states.call === 'idle')) set.push(t.offHook);
  return set.map((word) => html`<span class="chip">${word}</span>`);
}

export function ago(time) {
  if (!time) return t.never;
  const seconds = Math.max(0, (Date.now() - Date.parse(time)) / 1000);
  if (seconds < 3) return t.now;
  if (seconds < 60) return `${Math.floor(seconds)} ${t.s}`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} ${t.min}`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} ${t.h}`;
  return `${Math.floor(seconds / 86400)} ${t.d}`;
}

// The same in a sentence.
export function longAgo(time) {
  const text = ago(time);
  return text === t.now || text === t.never ? text : t.ago(text);
}

export const number = (value) => value.toLocaleString(document.documentElement.lang);

export const clock = (time) => new Date(time).toLocaleTimeString(document.documentElement.lang, { hour12: false });

export function length(seconds) {
  const s = Math.round(seconds);
  return s < 60 ? `${s}\u00a0${t.s}` : `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}\u00a0${t.min}`;
}

export const copyButton = (text, label) => html`<button class="small" aria-label="${t.copy}: ${label || text}" @click=${async (e) => {
  const button = e.currentTarget;
  await copy(text);
  button.textContent = t.copied;
  setTimeout(() => { button.textContent = t.copy; }, 1500);
}}>${t.copy}</button>`;

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

export function save(name, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
