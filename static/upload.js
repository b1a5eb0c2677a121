// Uploads while one writes: several files picked or dropped, one after the other, each in pieces. A line that drops costs
// the piece under way: the upload asks how far it came and goes on. Without this script the form does the same, slower.
(() => {
  'use strict';
  const form = document.getElementById('media-upload');
  const zone = document.getElementById('media-drop');
  const rows = document.getElementById('media-rows');
  if (!form || !zone || !rows) return;
  const list = document.getElementById('media-progress');
  const said = document.getElementById('media-said');
  const picker = document.getElementById('media-files');
  const token = form.elements.form_token.value;
  const words = zone.dataset;
  zone.querySelector('label[for="media-files"]').textContent = words.drop;
  const waits = [1000, 2000, 5000, 10000, 20000, 30000];
  const queue = [];
  let busy = false;

  const say = (text) => { said.textContent = text; };
  const named = (text, name) => text.replace('{name}', name);
  const wait = (ms) => new Promise((done) => {
    const timer = setTimeout(done, ms);
    addEventListener('online', () => { clearTimeout(timer); done(); }, { once: true });
  });
  const ask = (address, options) => fetch(address, {
    ...options, credentials: 'same-origin', headers: { accept: 'application/json', 'x-form-token': token, ...options?.headers },
  });

  // One line of progress, with a button that pauses and goes on.
  const line = (file) => {
    const item = document.createElement('li');
    const label = document.createElement('label');
    const bar = document.createElement('progress');
    const button = document.createElement('button');
    bar.max = file.size || 1;
    bar.value = 0;
    bar.id = `media-up-${Date.now()}-${queue.length}`;
    label.htmlFor = bar.id;
    label.textContent = named(words.going, file.name);
    button.type = 'button';
    button.textContent = words.stop;
    item.append(label, bar, button);
    list.append(item);
    return { item, label, bar, button };
  };

  const fail = (job, sentence) => {
    job.bar.remove();
    job.button.remove();
    job.label.className = 'err';
    job.label.textContent = `${job.file.name}: ${sentence}`;
    say(job.label.textContent);
  };

  // Their places, and which can go no further up or down.
  const number = () => [...rows.children].forEach((item, at) => {
    const place = item.querySelector('.ord');
    if (place) place.textContent = at + 1;
    item.querySelector('[name="media-up"]').disabled = at === 0;
    item.querySelector('[name="media-down"]').disabled = at === rows.children.length - 1;
  });

  // Its picture, as soon as the smaller copies are made.
  const watch = async (id) => {
    for (let n = 0; n < 40; n += 1) {
      await wait(n < 5 ? 500 : 3000);
      const place = rows.querySelector(`[data-asset="${id}"] p.ph`);
      if (!place) return;
      try {
        const address = `/desk/files/${id}/320`;
        // 202 while they are being made.
        if ((await fetch(address, { credentials: 'same-origin', method: 'HEAD' })).status !== 200) continue;
        const picture = new Image();
        picture.src = address;
        picture.alt = '';
        picture.className = 'ph';
        place.replaceWith(picture);
        return;
      } catch { /* the line is away */ }
    }
  };

  const done = (job, told) => {
    job.item.remove();
    if (!rows.querySelector(`[data-asset="${Number(told.asset)}"]`)) {
      const holder = document.createElement('template');
      // Our own server's markup, of which every text is escaped.
      holder.innerHTML = told.row;
      rows.append(holder.content);
      // The first picture leads, until somebody says which.
      const leads = [...document.querySelectorAll('[name="media-lead"]')];
      if (leads.length > 0 && !leads.some((one) => one.checked)) leads[0].checked = true;
      number();
    }
    say(named(words.done, job.file.name));
    if (told.state === 'new') watch(Number(told.asset));
    document.dispatchEvent(new CustomEvent('media:uploaded', { detail: told, bubbles: true }));
  };

  const begin = async (job) => {
    const answer = await ask(form.dataset.uploads, { method: 'POST', body: new URLSearchParams({ name: job.file.name, size: job.file.size }) });
    const told = await answer.json();
    if (told.refusal && told.refusal !== 'not-stored') return told;
    if (!answer.ok) throw new Error(String(answer.status));
    Object.assign(job, { address: told.address, offset: told.offset, piece: told.piece });
    return null;
  };

  // Sends the pieces; gives what the server told of the whole.
  const send = async (job) => {
    const refused = job.address ? null : await begin(job);
    if (refused) return refused;
    for (;;) {
      if (job.paused) await new Promise((go) => { job.go = go; });
      const piece = job.file.slice(job.offset, job.offset + job.piece);
      const answer = await ask(`${job.address}?offset=${job.offset}`, { method: 'POST', body: piece, headers: { 'content-type': 'application/octet-stream' } });
      const told = await answer.json();
      if (told.asset || (told.refusal && told.refusal !== 'not-stored')) return told;
      if (typeof told.offset !== 'number') throw new Error(String(answer.status));
      job.offset = told.offset;
      job.bar.value = job.offset;
    }
  };

  // Again and again as long as the line is away: the file is in our hands, and nothing is lost.
  const upload = async (job) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await send(job);
      } catch {
        say(words.failed);
        await wait(waits[Math.min(tries, waits.length - 1)]);
        if (job.address) {
          try {
            const answer = await ask(job.address);
            const told = await answer.json();
            if (told.asset) return told;
            if (typeof told.offset === 'number') job.offset = told.offset;
            if (answer.status === 404) job.address = null;
          } catch { /* still away */ }
        }
      }
    }
  };

  const work = async () => {
    if (busy) return;
    busy = true;
    for (let job = queue.shift(); job; job = queue.shift()) {
      const told = await upload(job);
      if (told.asset) done(job, told); else fail(job, told.sentence);
    }
    busy = false;
  };

  const add = (files) => {
    for (const file of files) {
      const job = { file, paused: false, offset: 0, ...line(file) };
      job.button.addEventListener('click', () => {
        job.paused = !job.paused;
        job.button.textContent = job.paused ? words.again : words.stop;
        if (!job.paused) job.go?.();
      });
      queue.push(job);
    }
    work();
  };

  picker.addEventListener('change', () => { add([...picker.files]); picker.value = ''; });
  const over = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  addEventListener('dragover', (event) => { if (over(event)) { event.preventDefault(); zone.classList.add('over'); } });
  addEventListener('dragleave', (event) => { if (!event.relatedTarget) zone.classList.remove('over'); });
  addEventListener('drop', (event) => {
    if (!over(event)) return;
    event.preventDefault();
    zone.classList.remove('over');
    add([...event.dataTransfer.files]);
  });
  addEventListener('beforeunload', (event) => { if (busy) event.preventDefault(); });

  // Order with the buttons, without a new page; the focus stays on the button that was pressed.
  rows.addEventListener('click', (event) => {
    const button = event.target.closest('button[name^="media-"]');
    const row = button?.closest('li');
    if (!row) return;
    event.preventDefault();
    if (button.name === 'media-up') row.previousElementSibling?.before(row);
    if (button.name === 'media-down') row.nextElementSibling?.after(row);
    if (button.name === 'media-remove') {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      number();
      (next?.querySelector('button:not(:disabled)') ?? picker).focus();
    } else {
      number();
      // At the top or the bottom its button has nothing more to do, and a disabled one holds no focus.
      const other = row.querySelector(`[name="${button.name === 'media-up' ? 'media-down' : 'media-up'}"]`);
      (button.disabled ? other : button).focus();
    }
    rows.dispatchEvent(new Event('change', { bubbles: true }));
  });
})();
