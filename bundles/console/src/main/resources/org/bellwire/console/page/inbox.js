// Phones that sent a right token but are not configured.
import { html, render, nothing } from './lib/lit-html.js';
import { ask, on, part } from './api.js';
import { t } from './text.js';
import { longAgo } from './parts.js';

export function open(root) {
  let phones;
  let note = '';
  const load = async () => {
    try {
      phones = (await ask('/api/inbox')).phones;
    } catch (e) {
      note = e.message;
    }
    draw();
  };
  const adopt = async (e, phone) => {
    e.preventDefault();
    const form = new FormData(e.target);
    try {
      const adopted = await ask(`/api/inbox/${part(phone.mac || phone.address)}/adopt`, 'POST', { id: form.get('id'), name: form.get('name'), vendor: phone.vendor });
      note = t.adopted(adopted.id);
      phones = phones.filter((one) => one !== phone);
    } catch (failure) {
      note = failure.message;
    }
    draw();
  };
  function draw() {
    render(html`<p role="status" class="note">${note}</p>${!phones ? html`<p class="nothing">${t.loading}</p>` : phones.length === 0 ? html`<p class="nothing">${t.inboxEmpty}</p>`
      : html`<ul class="inbox">${phones.map((phone) => html`<li class="panel"><div><b>${phone.model || phone.vendor}</b> <span class="soft">${phone.vendor} · ${phone.mac || phone.address} · ${phone.address}${phone.firmware ? ` · ${phone.firmware}` : ''}</span><br>
        <span class="soft">${t.nEvents(phone.events)}, ${t.seen} ${longAgo(phone.last_seen)}</span></div>
        <form @submit=${(e) => adopt(e, phone)}><label>${t.name}<input name="name" maxlength="64" autocomplete="off"></label><label>id<input name="id" maxlength="64" pattern="[a-z0-9][a-z0-9_\\-]*" autocomplete="off" placeholder=${(phone.mac || phone.address).replace(/[^a-z0-9]/g, '')}></label><button class="action">${t.adopt}</button></form></li>`)}</ul>`}`, root);
  }
  draw();
  load();
  let last = -1;
  const end = on('overview', (brief) => { if (brief.inbox !== last) { last = brief.inbox; load(); } });
  return end;
}
