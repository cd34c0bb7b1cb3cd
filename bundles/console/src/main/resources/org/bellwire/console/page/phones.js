// The list of phones: only the rows that are to be seen are drawn and asked for.
import { html, render, nothing } from './lib/lit-html.js';
import { repeat } from './lib/directives/repeat.js';
import { ask, askBeside, on, part } from './api.js';
import { t } from './text.js';
import { ago, badge, flags, party, stateOf } from './parts.js';

const PAGE = 100;
const wish = { filter: '', vendor: '', group: '', tag: '', sort: 'id' };
let pages = new Map();
let asked = new Set();
let total = -1;
let vendors = [];
let groups = [];
let tags = [];
let root;
let scroller;
let version = 0;
let timer = 0;

const narrow = () => window.matchMedia('(max-width: 700px)').matches;
const rowHeight = () => (narrow() ? 64 : 40);

async function fetchPage(index) {
  if (asked.has(index)) return;
  asked.add(index);
  const of = version;
  const query = new URLSearchParams({ ...wish, offset: index * PAGE, limit: PAGE });
  try {
    const { answer, told } = await askBeside(['phone'], `/api/phones?${query}`);
    if (of !== version) return;
    total = answer.total;
    tags = answer.tags;
    pages.set(index, answer.phones);
    for (const [, update] of told) apply(answer.phones, update);
    draw();
  } catch (e) {
    asked.delete(index);
  }
}

function reload() {
  version++;
  pages = new Map();
  asked = new Set();
  fetchPage(0);
  draw();
}

// Asks again for what is to be seen, and keeps what is there until it comes: nothing jumps.
// Not put off by what comes meanwhile: where many phones report, something always does.
function refresh() {
  timer ||= setTimeout(() => {
    timer = 0;
    asked = new Set();
    if (root) visible().forEach(fetchPage);
  }, 400);
}

function visible() {
  const height = rowHeight();
  const first = Math.floor((scroller?.scrollTop || 0) / height / PAGE);
  const last = Math.floor(((scroller?.scrollTop || 0) + (scroller?.clientHeight || 800)) / height / PAGE);
  const wanted = [];
  for (let i = first; i <= last; i++) wanted.push(i);
  return wanted;
}

function apply(rows, update) {
  const row = rows.find((one) => one.id === update.id);
  if (row) {
    Object.assign(row.states, update.states);
    if (update.availability) row.availability = update.availability;
  }
  return Boolean(row);
}

function change(update) {
  if (update.changed || update.gone) return refresh();
  let found = false;
  for (const rows of pages.values()) found = apply(rows, update) || found;
  if (found) draw();
  if (wish.sort === 'state' || wish.filter) refresh();
}

function event(json) {
  for (const rows of pages.values()) {
    const row = rows.find((one) => one.id === json.phone);
    if (row) {
      row.last_event = json.event_type;
      row.last_event_time = json.time;
      draw();
    }
  }
  if (wish.sort === 'last') refresh();
}

function row(phone, index) {
  if (!phone) return html`<div class="row empty" role="row" aria-rowindex=${index + 2}><span role="cell" class="soft">…</span></div>`;
  const state = stateOf(phone);
  return html`<div class="row is-${state}" role="row" aria-rowindex=${index + 2}>
    <span class="c-name" role="cell"><a href="#/phone/${part(phone.id)}"><b>${phone.name || phone.id}</b>${phone.name && phone.name !== phone.id ? html`<span class="soft id">${phone.id}</span>` : nothing}</a></span>
    <span class="c-state" role="cell">${badge(state, phone.gateway)}</span>
    <span class="c-party" role="cell">${phone.fault ? html`<span class="bad">${phone.fault}</span>` : party(phone.states)}</span>
    <span class="c-flags" role="cell">${flags(phone.states)}</span>
    <span class="c-line ${phone.states.registration === 'failed' || phone.states.registration === 'unregistered' ? 'bad' : ''}" role="cell">${phone.states.registration ? t[phone.states.registration] || phone.states.registration : nothing}</span>
    <span class="c-missed" role="cell">${phone.states.missed && phone.states.missed !== '0' ? html`<span class="chip strong" title=${t.missed}>${phone.states.missed}<span class="vh"> ${t.missed}</span></span>` : nothing}</span>
    <span class="c-vendor soft" role="cell">${phone.vendor}</span>
    <span class="c-last soft" role="cell"><span>${phone.last_event || ''}</span> <time>${phone.last_event_time ? ago(phone.last_event_time) : ''}</time></span>
  </div>`;
}

// Who scrolls fast passes pages that nobody has to ask for: it asks for what is to be seen a moment later.
let wanting = 0;
function want() {
  if (!wanting) {
    wanting = setTimeout(() => {
      wanting = 0;
      if (root) visible().forEach((page) => { if (page * PAGE < Math.max(total, 1)) fetchPage(page); });
    }, 60);
  }
}

let pending = false;
function draw() {
  if (!pending && root) {
    pending = true;
    requestAnimationFrame(() => { pending = false; if (root) { frame(); paint(); } });
  }
}

// Rows are drawn in steps of some, further than is to be seen: in most frames of a scroll nothing is drawn at all, and what is
// there is only moved, which the browser does by itself.
const STEP = 8;
const NEAR = 3;
let drawn = { from: 0, to: 0 };

function range() {
  const height = rowHeight();
  const first = Math.floor(scroller.scrollTop / height);
  const last = first + Math.ceil(scroller.clientHeight / height);
  const from = Math.max(0, Math.floor(first / STEP) * STEP - STEP);
  return { height, first, last, from, to: Math.min(Math.max(total, 0), Math.ceil(last / STEP) * STEP + STEP) };
}

function scrolled() {
  want();
  const { first, last } = range();
  if ((drawn.from > 0 && first - NEAR < drawn.from) || (drawn.to < total && last + NEAR > drawn.to)) draw();
}

function paint() {
  if (!scroller) frame();
  drawn = range();
  const { height, from, to } = drawn;
  const all = scroller.firstElementChild;
  const tall = `${Math.max(total, 0) * height}px`;
  if (all.style.height !== tall) all.style.height = tall;
  want();
  const rows = [];
  for (let i = from; i < to; i++) rows.push([i, pages.get(Math.floor(i / PAGE))?.[i % PAGE]]);
  // A row keeps its element while it is to be seen, and so the focus stays where it is.
  render(repeat(rows, ([i]) => i, ([i, phone]) => row(phone, i)), all);
  move(all, from, height);
}

// The rows lie one below the other; all of them together are moved to where they are to be seen. By script and not by a style in
// the text, which the policy forbids.
function move(all, from, height) {
  const at = `${from * height}px`;
  if (all.style.paddingTop !== at) all.style.paddingTop = at;
}

const choice = (label, key, none, all) => html`<select aria-label=${label} @change=${(e) => set(key, e.target.value)}>
  <option value="">${none}</option>${all.map(([value, name]) => html`<option value=${value} ?selected=${wish[key] === value}>${name}</option>`)}</select>`;

const named = (all) => all.map((one) => [one.id, one.name]);

// All but the rows.
let framed = '';
function frame() {
  const now = JSON.stringify([total, vendors, groups, tags, wish]);
  if (now === framed && scroller) return;
  framed = now;
  render(html`
    <div class="tools">
      <input type="search" aria-label=${t.search} placeholder=${t.search} .value=${wish.filter} @input=${(e) => set('filter', e.target.value)}>
      ${choice(t.vendor, 'vendor', t.allVendors, vendors)}
      ${groups.length ? choice(t.group, 'group', t.allPhones, groups) : nothing}
      ${tags.length || wish.tag ? choice(t.tag, 'tag', t.anyTag, [...new Set([...tags, wish.tag])].filter((tag) => tag).map((tag) => [tag, tag])) : nothing}
      <select class="sort" aria-label=${t.sort} @change=${(e) => set('sort', e.target.value)}>
        ${[['id', t.byId], ['name', t.byName], ['state', t.byState], ['last', t.byLast], ['missed', t.byMissed], ['vendor', t.byVendor]].map(([value, label]) => html`<option value=${value} ?selected=${wish.sort === value}>${t.sort} ${label}</option>`)}</select>
      <span class="count soft" role="status">${total >= 0 ? t.nPhones(total) : t.loading}</span>
    </div>
    <div class="table" role="table" aria-label=${t.phones} aria-rowcount=${Math.max(total, 0) + 1}>
      <div class="row head" role="row" aria-rowindex="1"><span role="columnheader">${t.phone}</span><span role="columnheader">${t.state}</span><span role="columnheader">${t.party}</span><span role="columnheader">${t.flags}</span><span role="columnheader">${t.registration}</span><span role="columnheader">${t.missed}</span><span role="columnheader" class="c-vendor">${t.vendor}</span><span role="columnheader">${t.last}</span></div>
      <div class="scroller" tabindex="0" role="rowgroup" aria-label=${t.phones} @scroll=${scrolled}><div class="all" role="presentation"></div></div>
      ${total === 0 ? html`<p class="nothing">${t.none}</p>` : nothing}
    </div>`, root);
  scroller = root.querySelector('.scroller');
}

let typing = 0;
function set(key, value) {
  wish[key] = value;
  clearTimeout(typing);
  typing = setTimeout(() => { if (scroller) scroller.scrollTop = 0; reload(); }, key === 'filter' ? 150 : 0);
}

export function open(element) {
  root = element;
  scroller = null;
  framed = '';
  reload();
  ask('/api/overview').then((all) => { vendors = named(all.vendors); draw(); }).catch(() => {});
  ask('/api/groups').then((all) => { groups = named(all.groups); draw(); }).catch(() => {});
  const ends = [on('phone', change), on('event', event), on('reset', reload)];
  const tick = setInterval(draw, 10000);
  window.addEventListener('resize', draw);
  return () => {
    ends.forEach((end) => end());
    clearInterval(tick);
    window.removeEventListener('resize', draw);
    root = null;
  };
}
