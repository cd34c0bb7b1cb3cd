// All that comes in and goes out, live.
import { html, render, nothing } from './lib/lit-html.js';
import { on, part } from './api.js';
import { t } from './text.js';
import { clock } from './parts.js';

const MOST = 500;
let lines = [];
let held = [];
let paused = false;
let filter = '';
let count = 0;
let drawNow = () => {};

const text = (line) => JSON.stringify(line.json).toLowerCase();

function add(kind, json) {
  const line = { kind, json, key: ++count };
  if (paused) held = [line, ...held].slice(0, MOST);
  else lines = [line, ...lines].slice(0, MOST);
  drawNow();
}

// It goes on while another view is open: what happened just before somebody looks is what he looks for.
on('event', (json) => add('event', json));
on('result', (json) => add('result', json));
on('refused', (json) => add('refused', json));

const phoneLink = (id) => html`<a href="#/phone/${part(id)}">${id}</a>`;

const bodies = {
  event: (e) => html`<span class="arrow" aria-label="in">→</span><span class="who">${phoneLink(e.phone)}</span><span class="what"><b>${e.event_type}</b> <span class="soft">${e.vendor_event || ''}</span> ${e.call ? html`${e.call.name || ''} <span class="soft">${e.call.number || ''}</span>` : nothing}${e.late ? html` <span class="chip">late</span>` : nothing}</span>`,
  result: (r) => html`<span class="arrow" aria-label="out">←</span><span class="who">${phoneLink(r.phone)}</span><span class="what"><b>${r.command}</b> <span class="chip st-${r.status}">${r.status}</span> ${r.http_status ? html`<span class="soft">HTTP ${r.http_status}</span>` : nothing} <span class="soft">${r.took_ms} ms</span> ${r.detail || ''}</span>`,
  refused: (r) => html`<span class="arrow bad" aria-label="refused">✕</span><span class="who">${r.address || '–'}</span><span class="what"><b class="bad">HTTP ${r.http_status}</b> ${t['reason_' + r.reason] || r.reason}${r.more ? html` <span class="soft">${t.more(r.more)}</span>` : nothing}</span>`,
};

export function open(root) {
  let pending = false;
  drawNow = () => {
    if (!pending) {
      pending = true;
      requestAnimationFrame(() => { pending = false; draw(); });
    }
  };
  function draw() {
    const wanted = filter.toLowerCase();
    const shown = lines.filter((line) => !wanted || text(line).includes(wanted)).slice(0, 200);
    render(html`<div class="tools"><input type="search" aria-label=${t.filterFlow} placeholder=${t.filterFlow} .value=${filter} @input=${(e) => { filter = e.target.value; draw(); }}>
      <button aria-pressed=${paused} @click=${() => { paused = !paused; if (!paused) { lines = [...held, ...lines].slice(0, MOST); held = []; } draw(); }}>${paused ? t.goOn : t.pause}</button>
      <button @click=${() => { lines = []; held = []; draw(); }}>${t.clear}</button>
      <span class="soft" role="status">${paused ? t.paused(held.length) : nothing}</span></div>
      ${shown.length ? html`<ol class="flow">${shown.map((line) => html`<li class="k-${line.kind}"><details><summary><time class="soft">${clock(line.json.time)}</time>${bodies[line.kind](line.json)}</summary><pre>${JSON.stringify(line.json, null, 2)}</pre></details></li>`)}</ol>` : html`<p class="nothing">${t.noFlow}</p>`}`, root);
  }
  draw();
  return () => { drawNow = () => {}; };
}
