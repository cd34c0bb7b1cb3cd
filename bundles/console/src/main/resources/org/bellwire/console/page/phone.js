// One phone: what it does, what it can be told, how it is set up.
import { html, render, nothing } from './lib/lit-html.js';
import { ask, askBeside, on, part } from './api.js';
import { t } from './text.js';
import { badge, clock, copyButton, flags, length, longAgo, party, save, stateOf } from './parts.js';

const PLAIN = new Set(['answer', 'hangup', 'reject', 'hold', 'resume', 'redial', 'conference', 'speaker', 'headset', 'messages', 'reboot', 'provision', 'refresh', 'open']);
const SIMULATED = [['call_incoming', 'ring'], ['call_connected', 'pickUp'], ['call_held', 'hold'], ['call_resumed', 'resume'], ['call_ended', 'hangUp']];
const CHOICES = { mute: ['ON', 'OFF'], dnd: ['ON', 'OFF'], volume: ['UP', 'DOWN'], missed: ['RESET'], call_waiting: ['ON', 'OFF'] };

export function open(root, id) {
  let phone; let setup; let file; let gone = '';
  let tab = 'now';
  let results = [];
  let note = '';
  let closed = false;

  const apply = {
    phone: (update) => {
      Object.assign(phone.states, update.states);
      if (update.availability) phone.availability = update.availability;
    },
    event: (json) => {
      if (!phone.events.some((e) => e.id === json.id)) phone.events = [json, ...phone.events].slice(0, 50);
      phone.last_event_time = json.time;
      if (setup) for (const u of setup.urls) if (spell(u.event) === spell(json.vendor_event || '')) u.seen = true;
    },
  };
  const aboutMe = (kind, data) => (kind === 'phone' ? data.id : data.phone) === id;

  let loads = 0;
  const load = async () => {
    const turn = ++loads;
    try {
      const { answer, told } = await askBeside(Object.keys(apply), `/api/phones/${part(id)}`);
      if (turn !== loads) return;
      phone = answer;
      for (const [kind, data] of told) if (aboutMe(kind, data)) apply[kind](data);
      gone = '';
    } catch (e) {
      gone = e.message;
    }
    draw();
  };
  let loading = 0;
  const soon = () => { clearTimeout(loading); loading = setTimeout(load, 300); };

  const act = async (command, value) => {
    const mine = { command, value, status: '…', time: new Date().toISOString() };
    results = [mine, ...results].slice(0, 8);
    draw();
    try {
      Object.assign(mine, await ask(`/api/phones/${part(id)}/commands/${part(command)}`, 'POST', { value }));
    } catch (e) {
      Object.assign(mine, { status: 'refused', detail: e.message });
    }
    draw();
  };

  const simulate = async (event) => {
    try {
      const report = await ask(`/api/simulated/${part(id)}/${part(event)}`, 'POST', {});
      note = report.http_status === 200 ? '' : report.detail;
    } catch (e) {
      note = e.message;
    }
    draw();
  };

  const show = async (which) => {
    tab = which;
    note = '';
    draw();
    try {
      if (which === 'setup') setup = await ask(`/api/phones/${part(id)}/setup`);
      if (which === 'file') file = await ask(`/api/phones/${part(id)}/file`);
    } catch (e) {
      note = e.message;
    }
    draw();
  };

  const button = (command) => {
    if (PLAIN.has(command)) return html`<button class="action" @click=${() => act(command, 'PRESS')}>${command}</button>`;
    if (CHOICES[command]) return html`<span class="choices" role="group" aria-label=${command}><span class="soft">${command}</span>${CHOICES[command].map((value) => html`<button @click=${() => act(command, value)}>${value}</button>`)}</span>`;
    return html`<form class="choices field" @submit=${(e) => { e.preventDefault(); act(command, new FormData(e.target).get('value')); }}>
      <label class="soft" for="c-${command}">${command}</label><input id="c-${command}" name="value" required maxlength="128" autocomplete="off"><button>${t.send}</button></form>`;
  };

  // Buttons, then choices, then what wants a text.
  const kinds = (commands) => [commands.filter((c) => PLAIN.has(c)), commands.filter((c) => CHOICES[c]), commands.filter((c) => !PLAIN.has(c) && !CHOICES[c])];

  // The usual way of a call first; all else that this vendor's phones report behind it.
  const simulator = () => {
    const first = (type) => phone.simulate.find((one) => one.event_type === type);
    const usual = SIMULATED.map(([type, label]) => [first(type), label]).filter(([one]) => one);
    const others = phone.simulate.filter((one) => !usual.some(([used]) => used === one));
    return html`<h3>${t.simulate}</h3><div class="commands sim">${usual.map(([one, label]) => html`<button class="action" title=${one.event} @click=${() => simulate(one.event)}>${t[label]}</button>`)}</div>
      <details><summary class="soft">${t.moreEvents}</summary><div class="commands sim">${others.map((one) => html`<button @click=${() => simulate(one.event)}>${one.event}</button>`)}</div></details>`;
  };

  const calls = () => {
    const ids = new Set();
    const ended = phone.events.filter((e) => ['call_ended', 'call_missed', 'call_rejected'].includes(e.event_type) && e.call)
      .filter((e) => !e.call.id || !ids.has(e.call.id) && ids.add(e.call.id));
    return ended.length === 0 ? html`<p class="soft">${t.noCalls}</p>` : html`<ol class="calls">${ended.map((e) => html`<li>
      <time class="soft">${clock(e.time)}</time> <span class="soft">${t[e.call.direction] || ''}</span> <b>${e.call.name || e.call.number || '–'}</b>
      ${e.call.name && e.call.number ? html`<span class="soft">${e.call.number}</span>` : nothing}
      <span class="chip">${e.call.outcome === 'missed' || e.event_type === 'call_missed' ? t.missedOutcome : t[e.call.outcome] || e.event_type}</span>
      ${e.call.duration_s !== undefined && e.call.duration_s !== null ? html`<span class="soft">${length(e.call.duration_s)}</span>` : nothing}</li>`)}</ol>`;
  };

  const nowTab = () => html`
    <section class="panel"><h2>${t.commands}</h2>
      ${kinds(phone.info.commands).map((some) => html`<div class="commands">${some.map(button)}</div>`)}
      ${phone.simulated ? simulator() : nothing}
      <div role="status" aria-live="polite">${note ? html`<p class="bad">${note}</p>` : nothing}
      ${results.length ? html`<ol class="results">${results.map((r) => html`<li><time class="soft">${clock(r.time)}</time> <b>${r.command}</b> ${r.value && r.value !== 'PRESS' ? html`<span>${r.value}</span>` : nothing}
        <span class="chip st-${r.status}">${r.status}</span> ${r.http_status ? html`<span class="soft">HTTP ${r.http_status}</span>` : nothing} ${r.took_ms !== undefined ? html`<span class="soft">${r.took_ms} ms</span>` : nothing} ${r.detail ? html`<span class="soft">${r.detail}</span>` : nothing}</li>`)}</ol>` : nothing}</div>
    </section>
    <div class="stack"><section class="panel"><h2>${t.timeline}</h2>${calls()}</section>
    <section class="panel"><h2>${t.states}</h2><dl class="pairs">${Object.entries(phone.states).filter(([k]) => k !== 'calls').map(([key, value]) => html`<div><dt>${key}</dt><dd>${value || '–'}</dd></div>`)}</dl></section></div>
    <section class="panel wide"><h2>${t.events}</h2>${phone.events.length === 0 ? html`<p class="soft">${t.noEvents}</p>` : html`<ul class="events">${phone.events.map((e) => html`<li><details><summary><time class="soft">${clock(e.time)}</time> <b>${e.event_type}</b> <span class="soft">${e.vendor_event || ''}${e.call?.number ? ` · ${e.call.number}` : ''}</span></summary><pre>${JSON.stringify(e, null, 2)}</pre></details></li>`)}</ul>`}</section>`;

  const topicsTab = () => html`<section class="panel wide"><h2>${t.topics}</h2><ul class="copies">${phone.topics.map((topic) => html`<li><code>${topic}</code>${copyButton(topic)}</li>`)}</ul></section>`;

  const setupTab = () => !setup ? html`<p class="soft">${note || t.loading}</p>` : html`
    <section class="panel wide"><h2>${t.setup}</h2><p>${t.menu}: <b>${setup.menu}</b></p>
    ${setup.one_url ? html`<p>${t.oneUrl}</p><ul class="copies"><li><span class="what"><code>${setup.urls[0]?.url}</code> <span class="soft">${setup.urls[0]?.length} ${t.chars}</span></span>${copyButton(setup.urls[0]?.url || '', t.url)}</li></ul>` : nothing}
    <ul class="urls">${setup.urls.map((u) => html`<li class=${u.seen ? 'seen' : ''}><span class="tick" aria-hidden="true">${u.seen ? '✓' : '○'}</span><span class="what"><span><b>${u.event}</b> <span class="soft">${u.seen ? t.arrived : t.waiting}${setup.one_url ? '' : ` · ${u.length} ${t.chars}`}</span></span>${setup.one_url ? nothing : html`<code>${u.url}</code>`}</span>${setup.one_url ? nothing : copyButton(u.url, u.event)}</li>`)}</ul></section>
    ${setup.provisioning.map((p) => html`<section class="panel wide"><h2>${p.file} <span class="soft">${p.format}</span></h2><p>${copyButton(p.text, p.file)} <button class="small" @click=${() => save(p.file, p.text)}>${t.download}</button></p><pre class="text" tabindex="0">${p.text}</pre></section>`)}`;

  const fileTab = () => !file ? html`<p class="soft">${note || t.loading}</p>` : html`<section class="panel wide"><h2>org.bellwire.phone-${id}.cfg</h2>
    <form class="file" @submit=${async (e) => {
      e.preventDefault();
      const changes = {};
      for (const [key, value] of new FormData(e.target)) {
        if (file.secret.includes(key) ? value !== '' : value !== (file.values[key] || '')) changes[key] = value;
      }
      try {
        await ask(`/api/phones/${part(id)}/file`, 'POST', changes);
        await show('file');
        note = t.saved;
      } catch (failure) {
        note = failure.message;
      }
      draw();
    }}>${file.keys.map((key) => html`<label><span>${key}</span>${file.secret.includes(key)
      ? html`<input name=${key} type="password" autocomplete="new-password" placeholder=${file.set.includes(key) ? t.secretSet : t.secretNot}>`
      : html`<input name=${key} autocomplete="off" .value=${file.values[key] || ''}>`}</label>`)}
    <p><button class="action">${t.save}</button> <span role="status">${note}</span></p></form></section>`;

  const tabs = [['now', () => t.commands], ['setup', () => t.setup], ['topics', () => t.topics], ['file', () => t.file]];

  function draw() {
    if (closed) return;
    if (!phone) {
      render(html`<p class="nothing">${gone || t.loading}</p>`, root);
      return;
    }
    const state = stateOf(phone);
    render(html`<div class="one"><p class="crumb"><a href="#/">← ${t.back}</a></p>
      <header class="who"><div><h1>${phone.name || phone.id}</h1><p class="soft">${phone.id} · ${phone.vendor_name || phone.vendor}${phone.model ? ` · ${phone.model}` : ''}${phone.firmware ? ` · ${phone.firmware}` : ''}${phone.mac ? ` · ${phone.mac}` : ''}${phone.host ? ` · ${phone.host}` : ''}</p></div>
      <div class="stand"><span aria-live="polite">${badge(state, phone.gateway)} <span class="with">${party(phone.states)}</span> ${flags(phone.states)}</span> <span class="soft">${t.last}: ${longAgo(phone.last_event_time)}</span></div></header>
      ${phone.fault ? html`<p class="fault">${phone.fault}</p>` : nothing}
      <div class="tabs" role="tablist">${tabs.map(([key, label]) => html`<button role="tab" aria-selected=${tab === key} @click=${() => show(key)}>${label()}</button>`)}</div>
      <div class="grid" role="tabpanel" aria-label=${tabs.find(([key]) => key === tab)[1]()}>${tab === 'now' ? nowTab() : tab === 'setup' ? setupTab() : tab === 'topics' ? topicsTab() : fileTab()}</div></div>`, root);
  }

  load();
  const ends = [
    ...Object.keys(apply).map((kind) => on(kind, (data) => {
      if (!aboutMe(kind, data)) return;
      if (data.changed || data.gone) soon();
      if (!phone) return;
      apply[kind](data);
      draw();
    })),
    on('result', (json) => {
      if (json.phone !== id || json.status !== 'confirmed' && json.status !== 'unconfirmed') return;
      const mine = results.find((r) => r.command === json.command && r.status === 'accepted');
      if (mine) mine.status = json.status;
      else results = [json, ...results].slice(0, 8);
      draw();
    }),
    on('reset', load),
  ];
  const tick = setInterval(draw, 5000);
  return () => { closed = true; clearInterval(tick); ends.forEach((end) => end()); };
}

const spell = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
