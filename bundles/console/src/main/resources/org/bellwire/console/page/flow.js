// All that comes in and goes out, live.
import { html, render, nothing } from './lib/lit-html.js';
import { ask, on, part } from './api.js';
import { t } from './text.js';
import { clock } from './parts.js';

const MOST = 500;
let lines = [];
let held = [];
let paused = false;
let filter = '';
let vendor = '';
let vendors = [];
const states = new Map();
let count = 0;
let drawNow = () => {};

// A result does not name its phone's vendor.
const vendorOf = new Map();
async function learn(id) {
  if (vendorOf.has(id) || vendorOf.size > 20000) return;
  vendorOf.set(id, '');
  const phone = await ask(`/api/phones/${part(id)}`).catch(() => null);
  if (phone) vendorOf.set(id, phone.vendor);
  if (vendor) drawNow();
}

const text = (line) => JSON.stringify(line.json).toLowerCase();

function add(kind, json, told) {
  const line = { kind, json, told, key: ++count };
  if (paused) held = [line, ...held].slice(0, MOST);
  else lines = [line, ...lines].slice(0, MOST);
  drawNow();
}

// It goes on while another view is open: what happened just before somebody looks is what he looks for.
// States come before the event that changed them: they belong to it.
on('phone', (update) => { if (update.states) states.set(update.id, { ...states.get(update.id), ...update.states }); });
on('event', (json) => {
  add('event', json, states.get(json.phone));
  states.delete(json.phone);
});
on('result', (json) => { add('result', json); learn(json.phone); });
on('refused', (json) => add('refused', json));


const bodies = {
  event: (e) => html`<span class="arrow" role="img" aria-label=${t.inWord}>→</span><span class="who">${e.phone}</span><span class="what"><b>${e.event_type}</b> <span class="soft">${e.vendor_event || ''}</span> ${e.call ? html`${e.call.name || ''} <span class="soft">${e.call.number || ''}</span>` : nothing}${e.late ? html` <span class="chip">${t.late}</span>` : nothing}${e.event_type === 'vendor_event' ? html` <span class="chip">${t.notInTable}</span>` : nothing}</span>`,
  result: (r) => html`<span class="arrow" role="img" aria-label=${t.outWord}>←</span><span class="who">${r.phone}</span><span class="what"><b>${r.command}</b> <span class="chip st-${r.status}">${r.status}</span> ${r.http_status ? html`<span class="soft">HTTP ${r.http_status}</span>` : nothing} <span class="soft">${r.took_ms} ms</span> ${r.detail || ''}</span>`,
  refused: (r) => html`<span class="arrow bad" role="img" aria-label=${t.refused}>✕</span><span class="who">${r.address || '–'}</span><span class="what"><b class="bad">HTTP ${r.http_status}</b> ${t['reason_' + r.reason] || r.reason}${r.more ? html` <span class="soft">${t.more(r.more)}</span>` : nothing}</span>`,
};

// What was published for it: the states first, as they were.
const topics = (line) => line.kind !== 'event' ? nothing : html`<dl class="told">${Object.entries(line.told || {}).map(([key, value]) => html`<div><dt>${line.json.phone}/state/${key}</dt><dd>${value || '–'}</dd></div>`)}
  <div><dt>${line.json.phone}/${line.json.late ? 'late' : 'event'}/${line.json.event_type}</dt><dd>JSON</dd></div></dl>`;

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
    const shown = lines.filter((line) => (!vendor || (line.json.vendor || vendorOf.get(line.json.phone)) === vendor) && (!wanted || text(line).includes(wanted))).slice(0, 200);
    render(html`<div class="tools"><input type="search" aria-label=${t.filterFlow} placeholder=${t.filterFlow} .value=${filter} @input=${(e) => { filter = e.target.value; draw(); }}>
      <select aria-label=${t.vendor} @change=${(e) => { vendor = e.target.value; draw(); }}><option value="">${t.allVendors}</option>${vendors.map((v) => html`<option value=${v.id} ?selected=${vendor === v.id}>${v.name}</option>`)}</select>
      <button aria-pressed=${paused} @click=${() => { paused = !paused; if (!paused) { lines = [...held, ...lines].slice(0, MOST); held = []; } draw(); }}>${paused ? t.goOn : t.pause}</button>
      <button @click=${() => { lines = []; held = []; draw(); }}>${t.clear}</button>
      <span class="soft" role="status">${paused ? t.paused(held.length) : nothing}</span></div>
      ${shown.length ? html`<ol class="flow">${shown.map((line) => html`<li class="k-${line.kind}"><details><summary><time class="soft">${clock(line.json.time)}</time>${bodies[line.kind](line.json)}</summary>${line.json.phone ? html`<p class="jump"><a href="#/phone/${part(line.json.phone)}">${t.phone} ${line.json.phone}</a></p>` : nothing}${topics(line)}<pre tabindex="0">${JSON.stringify(line.json, null, 2)}</pre></details></li>`)}</ol>` : html`<p class="nothing">${t.noFlow}</p>`}`, root);
  }
  draw();
  ask('/api/overview').then((all) => { vendors = all.vendors; drawNow(); }).catch(() => {});
  return () => { drawNow = () => {}; };
}
