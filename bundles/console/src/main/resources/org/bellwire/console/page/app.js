// The frame: who is logged in, which view is open.
import { html, render, nothing } from './lib/lit-html.js';
import { ask, hush, listen, login, logout, on, resume } from './api.js';
import { t } from './text.js';
import * as phones from './phones.js';
import * as phone from './phone.js';
import * as flow from './flow.js';
import * as overview from './overview.js';
import * as inbox from './inbox.js';

const app = document.getElementById('app');
app.textContent = '';
let close = () => {};
let waiting = 0;
let line = true;
let problems = 0;
let view = '';

const views = { '': phones, flow, overview, inbox };

function frame() {
  const link = (name, label, badge) => html`<a href="#/${name}" aria-current=${view === name ? 'page' : 'false'}>${label}${badge ? html`<span class="count-badge">${badge}</span>` : nothing}</a>`;
  render(html`<a class="skip" href="#main" @click=${(e) => { e.preventDefault(); document.getElementById('main').focus(); }}>${t.skip}</a>
    <header class="top"><a class="brand" href="#/"><img src=${new URL('icon.svg', import.meta.url)} alt="" width="24" height="24"><span>Bellwire</span></a>
    <nav aria-label="Bellwire">${link('', t.phones)}${link('flow', t.flow)}${link('overview', t.overview, problems)}${link('inbox', t.inbox, waiting)}</nav>
    <button class="small quiet out" title=${t.logout} @click=${async () => { await logout().catch(() => {}); out(); }}><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M10 3H3v10h7M7 8h7m-3-3 3 3-3 3" fill="none" stroke="currentColor" stroke-width="1.500"/></svg><span class="word">${t.logout}</span></button></header>
    <p class="lost" role="status" ?hidden=${line}>${line ? '' : t.lineLost}</p><main id="main" tabindex="-1"></main>`, app);
  return document.getElementById('main');
}

function go() {
  const [, name = '', id = ''] = location.hash.split('/');
  close();
  view = name === 'phone' ? '' : name;
  const main = frame();
  main.replaceChildren();
  delete main._$litPart$;
  const box = document.createElement('div');
  box.className = `view v-${name || 'phones'}`;
  if (name !== 'phone') {
    const heading = document.createElement('h1');
    heading.className = 'vh';
    heading.textContent = t[name || 'phones'] || 'Bellwire';
    main.append(heading);
  }
  main.append(box);
  close = name === 'phone' ? phone.open(box, decodeURIComponent(id)) : (views[name] || phones).open(box);
  document.title = `${t[name] || (name === 'phone' ? decodeURIComponent(id) : t.phones)} · Bellwire`;
}

function out(message = '') {
  hush();
  close();
  close = () => {};
  window.removeEventListener('hashchange', go);
  render(html`<main class="login"><form @submit=${async (e) => {
    e.preventDefault();
    try {
      await login({ token: new FormData(e.target).get('token') });
      enter();
    } catch (failure) {
      out(failure.message);
    }
  }}><img src=${new URL('icon.svg', import.meta.url)} alt="" width="48" height="48"><h1>Bellwire</h1>
  <label for="token">${t.token}</label><input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
  <p class="bad" role="alert">${message}</p><button class="action">${t.login}</button><p class="soft">${t.loginHelp}</p><p><code>bin/bellwire phone:console</code></p></form></main>`, app);
}

async function enter() {
  render(nothing, app);
  listen();
  window.addEventListener('hashchange', go);
  go();
  const all = await ask('/api/overview').catch(() => null);
  if (all) brief(all);
}

function brief(all) {
  if (all.inbox !== waiting || all.problems.length !== problems) {
    waiting = all.inbox;
    problems = all.problems.length;
    frame();
  }
}

on('overview', brief);
on('out', () => out());
on('line', (now) => { if (now !== line) { line = now; if (document.getElementById('main')) frame(); } });

async function start() {
  const link = /^#login=([\w-]+)$/.exec(location.hash);
  try {
    if (link) {
      history.replaceState(null, '', '/');
      await login({ link: link[1] });
    } else {
      await resume();
    }
    enter();
  } catch (e) {
    out(link ? e.message : '');
  }
}

start();
