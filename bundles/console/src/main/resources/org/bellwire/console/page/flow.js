// All that comes in and goes out, live: what belongs together stands together.
import { html, render, nothing } from './lib/lit-html.js';
import { repeat } from './lib/directives/repeat.js';
import { ask, on, part } from './api.js';
import { t } from './text.js';
import { clock } from './parts.js';

const MOST = 500;
const SHOWN = 150;
// A list by phone is forgotten when it has become so long: then something is not answered, and nobody waits for it.
const MOST_PHONES = 2000;
let groups = [];
let held = [];
let paused = false;
let filter = '';
let vendor = '';
let vendors = [];
const states = new Map();
let count = 0;
let drawNow = () => {};

// What goes out does not name its phone's vendor.
const vendorOf = new Map();
async function learn(id) {
  if (vendorOf.has(id) || vendorOf.size > 20000) return;
  vendorOf.set(id, '');
  const phone = await ask(`/api/phones/${part(id)}`).catch(() => null);
  if (phone) vendorOf.set(id, phone.vendor);
  if (vendor) drawNow();
}

function begin(way, first, key, time) {
  const group = { way, time, key: ++count, events: [], sent: [], results: [], [key]: [first] };
  group.phone = first.phone;
  if (paused) held = [group, ...held].slice(0, MOST);
  else groups = [group, ...groups].slice(0, MOST);
  changed(group);
  return group;
}

function changed(group) {
  group.text = '';
  drawNow();
}

const text = (group) => (group.text ||= JSON.stringify([group.events, group.request, group.sent, group.results, group.refused, group.told]).toLowerCase());

function remember(map, key, value) {
  if (map.size > MOST_PHONES) map.clear();
  map.set(key, value);
}

// It goes on while another view is open: what happened just before somebody looks is what he looks for.
// States come before the event that changed them: they belong to it.
on('phone', (update) => { if (update.states) remember(states, update.id, { ...states.get(update.id), ...update.states }); });

// A request comes after the events that it brought, once it is answered; several events of one request have one time.
const unasked = new Map();
on('event', (json) => {
  const mine = unasked.get(json.phone) || [];
  const last = mine[mine.length - 1];
  if (last && last.time === json.time) {
    last.events.push(json);
    Object.assign(last.told, states.get(json.phone));
    changed(last);
  } else {
    const group = begin('in', json, 'events', json.time);
    group.told = { ...states.get(json.phone) };
    remember(unasked, json.phone, [...mine, group].slice(-20));
  }
  states.delete(json.phone);
});

const letters = (word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
on('request', (json) => {
  const mine = unasked.get(json.phone) || [];
  const asked = letters(decode(json.target));
  const group = mine.find((one) => asked.includes(letters(one.events[0].vendor_event || '')));
  if (group) {
    group.request = json;
    unasked.set(json.phone, mine.filter((one) => one !== group));
    changed(group);
  }
});

function decode(target) {
  try {
    return decodeURIComponent(target);
  } catch (e) {
    return target;
  }
}

// A phone is told one thing at a time: requests until a result belong to one command.
const PROOFS = new Set(['confirmed', 'unconfirmed']);
const underWay = new Map();
const unproved = new Map();
on('sent', (json) => {
  const open = underWay.get(json.phone);
  if (open && open.sent[0].command === json.command) {
    open.sent.push(json);
    changed(open);
  } else {
    remember(underWay, json.phone, begin('out', json, 'sent', json.time));
    learn(json.phone);
  }
});
on('result', (json) => {
  const name = `${json.phone}/${json.command}`;
  const open = underWay.get(json.phone);
  const proof = PROOFS.has(json.status);
  const of = proof ? unproved.get(name) : open && open.sent[0].command === json.command && json.status !== 'refused' ? open : null;
  if (proof) unproved.delete(name);
  else if (of) underWay.delete(json.phone);
  if (of) {
    of.results.push(json);
    changed(of);
  }
  const group = of || begin('out', json, 'results', json.time);
  if (!of) learn(json.phone);
  if (json.status === 'accepted') remember(unproved, name, group);
});
on('refused', (json) => { begin('refused', {}, 'none', json.time).refused = json; });

const step = (label, content, after) => html`<div class="step"><dt>${label}</dt><dd>${content}${after ? html` <span class="soft">${after}</span>` : nothing}</dd></div>`;

function incoming(group) {
  const { phone } = group;
  return html`<dl class="steps">
    ${group.request ? step(t.request, html`<code>${group.request.method} ${group.request.target}</code>`, `HTTP ${group.request.http_status}`) : nothing}
    ${step(t.topics, html`${Object.entries(group.told).map(([key, value]) => html`<code class="topic">${phone}/state/${key} <b>${short(value)}</b></code> `)}${group.events.map((e) => html`<code class="topic">${phone}/${e.late ? 'late' : 'event'}/<b>${e.event_type}</b></code> `)}`)}</dl>`;
}

const short = (value) => (!value ? '–' : value.length > 40 ? `${value.slice(0, 40)}…` : value);

function outgoing(group) {
  const first = group.sent[0];
  return html`<dl class="steps">${first ? step(t.order, first.command, `${t.from} ${first.from}`) : nothing}
    ${group.sent.map((s) => html`${step(t.request, html`<code>${s.method} ${s.url}</code>`, s.body ? `${t.body}: ${s.body} ${t.chars}` : '')}
      ${step(t.answer, html`${s.http_status ? `HTTP ${s.http_status} ` : ''}<span class="meant-${s.meant}">${t['meant_' + s.meant]}</span>`, `${s.took_ms} ms${s.detail ? ` · ${s.detail}` : ''}`)}`)}
    ${group.results.filter((r) => !first || PROOFS.has(r.status)).map((r) => step(t.result, html`<span class="st-${r.status}">${r.status}</span>`, `${r.took_ms} ms${r.detail ? ` · ${r.detail}` : ''}`))}</dl>`;
}

const raw = (group) => [...group.events, group.request, ...group.sent, ...group.results, group.refused].filter((one) => one);

const heads = {
  in: (g) => html`<span class="arrow" role="img" aria-label=${t.inWord}>→</span><span class="who">${g.phone}</span><span class="what">${g.events.map((e) => html`<b>${e.event_type}</b> <span class="soft">${e.vendor_event || ''}</span> ${e.call ? html`${e.call.name || ''} <span class="soft">${e.call.number || ''}</span> ` : nothing}${e.late ? html`<span class="chip">${t.late}</span> ` : nothing}${e.event_type === 'vendor_event' ? html`<span class="chip">${t.notInTable}</span> ` : nothing}`)}</span>`,
  out: (g) => {
    const last = g.results[g.results.length - 1];
    return html`<span class="arrow" role="img" aria-label=${t.outWord}>←</span><span class="who">${g.phone}</span><span class="what"><b>${(last || g.sent[0]).command}</b> <span class="chip st-${last?.status}">${last ? last.status : t.underWay}</span></span>`;
  },
  refused: ({ refused: r }) => html`<span class="arrow ${r.http_status < 400 ? 'warn' : 'bad'}" role="img" aria-label=${r.http_status < 400 ? t.inWord : t.refused}>${r.http_status < 400 ? '?' : '✕'}</span><span class="who">${r.address}</span><span class="what"><b class=${r.http_status < 400 ? 'warn' : 'bad'}>HTTP ${r.http_status}</b> ${t['reason_' + r.reason] || r.reason}${r.more ? html` <span class="soft">${t.more(r.more)}</span>` : nothing}</span>`,
};

const steps = {
  in: incoming,
  out: outgoing,
  refused: ({ refused: r }) => (r.target ? html`<dl class="steps">${step(t.request, html`<code>${r.target}</code>`)}</dl>` : nothing),
};

const entry = (group) => html`<li class="k-${group.way}"><details><summary><time class="soft">${clock(group.time)}</time>${heads[group.way](group)}</summary>${group.phone ? html`<p class="jump"><a href="#/phone/${part(group.phone)}">${t.phone} ${group.phone}</a></p>` : nothing}<pre tabindex="0">${raw(group).map((one) => JSON.stringify(one, null, 2)).join('\n')}</pre></details>${steps[group.way](group)}</li>`;

const vendorOfGroup = (group) => group.events[0]?.vendor || vendorOf.get(group.phone);

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
    const shown = groups.filter((group) => (!vendor || vendorOfGroup(group) === vendor) && (!wanted || text(group).includes(wanted))).slice(0, SHOWN);
    render(html`<div class="tools"><input type="search" aria-label=${t.filterFlow} placeholder=${t.filterFlow} .value=${filter} @input=${(e) => { filter = e.target.value; draw(); }}>
      <select aria-label=${t.vendor} @change=${(e) => { vendor = e.target.value; draw(); }}><option value="">${t.allVendors}</option>${vendors.map((v) => html`<option value=${v.id} ?selected=${vendor === v.id}>${v.name}</option>`)}</select>
      <button aria-pressed=${paused} @click=${() => { paused = !paused; if (!paused) { groups = [...held, ...groups].slice(0, MOST); held = []; } draw(); }}>${paused ? t.goOn : t.pause}</button>
      <button @click=${() => { groups = []; held = []; draw(); }}>${t.clear}</button>
      <span class="soft" role="status">${paused ? t.paused(held.length) : nothing}</span></div>
      ${shown.length ? html`<ol class="flow">${repeat(shown, (group) => group.key, entry)}</ol>` : html`<p class="nothing">${t.noFlow}</p>`}`, root);
  }
  draw();
  ask('/api/overview').then((all) => { vendors = all.vendors; drawNow(); }).catch(() => {});
  return () => { drawNow = () => {}; };
}
