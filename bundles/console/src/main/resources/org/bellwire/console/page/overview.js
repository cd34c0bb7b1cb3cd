// How all of it does.
import { html, render, nothing } from './lib/lit-html.js';
import { ask, on, part } from './api.js';
import { t } from './text.js';
import { number } from './parts.js';

const DOCS = ['index', 'troubleshooting', 'topics', 'events', 'commands', 'configuration', 'security', 'operations', 'triggers', 'homeassistant'];

const here = new URL('.', import.meta.url);

async function chart(element, title, series, step) {
  const [{ default: uPlot }] = await Promise.all([import('./lib/uPlot.esm.js'), sheet()]);
  if (!element.isConnected) return () => {};
  const styles = getComputedStyle(document.documentElement);
  const colour = (name) => styles.getPropertyValue(name).trim();
  const n = series[0].values.length;
  const end = Date.now() / 1000;
  if (!n) return () => {};
  const xs = Array.from({ length: n }, (_, i) => end - (n - 1 - i) * step);
  const hour = new Intl.DateTimeFormat(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hour12: false });
  const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui' };
  const size = () => ({ width: element.clientWidth, height: 180 });
  const plot = new uPlot({
    ...size(), legend: { show: false }, cursor: { show: false },
    scales: { x: { min: end - 3600, max: end }, y: { range: (u, min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [{ ...axis, size: 28, values: (u, times) => times.map((time) => hour.format(time * 1000)) }, { ...axis, size: 44 }],
    series: [{}, ...series.map((s) => ({ label: s.label, stroke: colour(s.colour), width: 1.500, dash: s.dash, spanGaps: true, points: s.points || { show: false } }))],
  }, [xs, ...series.map((s) => s.values)], element);
  const resize = () => plot.setSize(size());
  window.addEventListener('resize', resize);
  return () => { window.removeEventListener('resize', resize); plot.destroy(); };
}

function sheet() {
  if (document.querySelector('link[data-plot]')) return Promise.resolve();
  return new Promise((done) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = new URL('lib/uPlot.min.css', here);
    link.dataset.plot = '';
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

const PLACES = { phone: (id) => `#/phone/${part(id)}`, inbox: () => '#/inbox' };

function problem(p) {
  const [text, help] = t.problem?.[p.kind]?.(p.about, p.fault) || [p.text, p.help];
  const place = PLACES[p.kind]?.(p.about);
  return html`<li><b>${place ? html`<a href=${place}>${text}</a>` : text}</b><br><span class="soft">${help}</span></li>`;
}

export function open(root) {
  let all;
  let ends = [];
  let closed = false;
  const figure = (label, value, more) => html`<div class="figure"><dt>${label}</dt><dd>${value}${more ? html` <span class="soft">${more}</span>` : nothing}</dd></div>`;

  function draw() {
    if (!all || closed) return;
    render(html`<div class="over">
      <section class="panel wide todo"><h2>${t.problems}</h2>${all.problems.length === 0 ? html`<p class="good"><span aria-hidden="true">✓</span> ${t.noProblems}</p>`
        : html`<ul>${all.problems.map(problem)}</ul>`}</section>
      <dl class="figures wide">${figure(t.phones, number(all.phones.total), `${number(all.phones.online)} ${t.online}${all.phones.elsewhere ? `, ${t.elsewhere(number(all.phones.elsewhere))}` : ''}`)}${figure(t.inCall, number(all.phones.in_call))}
        ${figure(t.broker, all.broker.connected ? t.connectedBroker : t.disconnected, all.broker.queue ? `${all.broker.queue} ${t.queue}` : '')}
        ${figure(t.spool, number(all.spool.events))}${figure(t.accepted, number(all.counters.accepted))}${figure(t.published, number(all.counters.published))}
        ${figure(t.late, number(all.counters.late))}${figure(t.refused, number(all.counters.refused))}${figure(t.dropped, number(all.counters.dropped))}</dl>
      <section class="panel wide"><h2>${t.rates}</h2><p class="legend soft"><span class="l1"></span>${t.accepted} <span class="l2"></span>${t.late}</p><div class="plot" id="rates" role="img" aria-label=${t.rates}></div></section>
      <section class="panel"><h2>${t.latency}</h2><div class="plot" id="latency" role="img" aria-label=${t.latency}></div></section>
      <section class="panel"><h2>${t.spooled}</h2><div class="plot" id="spooled" role="img" aria-label=${t.spooled}></div></section>
      <section class="panel"><h2>${t.vendors}</h2>${all.vendors.length ? nothing : html`<p>${t.noVendors}</p>`}<ul class="vendors">${all.vendors.map((v) => html`<li>${v.name} <span class="soft">${t.nPhones(v.phones)}</span></li>`)}</ul>
      <p class="soft">Bellwire ${all.version}, ${t.since} ${new Date(all.started).toLocaleString(document.documentElement.lang)} · <a href="/api/openapi.json">${t.api}</a></p></section>
      <section class="panel"><h2>${t.docs}</h2><ul class="docs">${DOCS.map((name) => html`<li><a href="/docs/${name}.html" target="_blank" rel="noopener">${t['doc_' + name]}</a></li>`)}</ul></section></div>`, root);
  }

  async function charts() {
    try {
      const next = await ask('/api/overview');
      all = next;
      draw();
      ends.splice(0).forEach((end) => end());
      if (closed) return;
      ends = await Promise.all([
        chart(root.querySelector('#rates'), t.rates, [{ label: t.accepted, values: all.rates.accepted, colour: '--accent' }, { label: t.late, values: all.rates.late, colour: '--warn', dash: [4, 4] }], all.rates.step_s),
        chart(root.querySelector('#latency'), t.latency, [{ label: t.latency, values: all.rates.latency_ms, colour: '--accent', points: { show: true, size: 4 } }], all.rates.step_s),
        chart(root.querySelector('#spooled'), t.spooled, [{ label: t.spool, values: all.rates.spooled, colour: '--accent' }], all.rates.step_s),
      ]);
    } catch (e) {
      if (!all) render(html`<p class="nothing">${e.message}</p>`, root);
    }
  }
  charts();
  const timer = setInterval(charts, 10000);
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', charts);
  const end = on('overview', (brief) => { if (all) { Object.assign(all, brief); draw(); } });
  return () => { closed = true; clearInterval(timer); scheme.removeEventListener('change', charts); end(); ends.forEach((done) => done()); };
}
