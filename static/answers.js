// The page on which a spokesperson answers. Complete without this: it adds the next open item, the words of the button, the
// list of what will be sent, and keeps unsent choices on the device until the receipt. Nothing is sent by it.
(() => {
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };
  const receipt = document.querySelector('[data-clear]');
  if (receipt) { try { localStorage.removeItem(receipt.dataset.clear); } catch { /* nothing is kept there */ } }
  const form = document.getElementById('answers');
  if (!form) return;
  const store = form.dataset.store;
  const next = document.getElementById('next');
  const go = document.getElementById('go');
  const back = document.getElementById('back');
  const items = [...form.querySelectorAll('.it')].filter((item) => item.querySelector('.opt'));
  const chosen = (item) => item.querySelector('.opt input:checked');
  const isAnswered = (item) => 'answered' in item.dataset;
  const total = form.querySelector('.tally p');
  const rest = total && total.lastChild;
  const asked = rest ? rest.textContent : '';
  const classes = { agree: 'ok', suggest: 'ok', change: 'stop', none: 'mute' };
  // With this script the check stands on the page: the list above the button is what is sent.
  const confirmed = document.createElement('input');
  confirmed.type = 'hidden';
  confirmed.name = 'confirmed';
  confirmed.value = '1';
  form.append(confirmed);

  // What was chosen before and not sent, if the item still shows the same text.
  const kept = read(store);
  for (const item of items) {
    const id = item.id.slice(1);
    const mine = kept[id];
    const on = item.querySelector(`input[name="on${id}"]`);
    if (!mine || !on || mine.on !== on.value || chosen(item)) continue;
    const radio = item.querySelector(`.opt input[value="${CSS.escape(mine.say)}"]`);
    if (radio) radio.checked = true;
    for (const area of item.querySelectorAll('textarea')) {
      if (mine.texts && area.name in mine.texts) area.value = mine.texts[area.name];
    }
    const folded = radio && radio.closest('details');
    if (folded) folded.open = true;
  }
  const keep = () => {
    const all = {};
    for (const item of items) {
      const id = item.id.slice(1);
      const radio = chosen(item);
      if (!radio) continue;
      const texts = {};
      for (const area of item.querySelectorAll('textarea')) if (area.value !== area.defaultValue) texts[area.name] = area.value;
      all[id] = { on: item.querySelector(`input[name="on${id}"]`).value, say: radio.value, texts };
    }
    try { localStorage.setItem(store, JSON.stringify(all)); } catch { /* a private window keeps nothing */ }
  };
  const rows = back ? [...back.querySelectorAll('.r')] : [];
  const words = rows.map((row) => row.textContent);
  const say = () => {
    items.forEach((item) => {
      const radio = chosen(item);
      const reason = item.querySelector('.more-c textarea');
      if (reason) reason.required = !!radio && radio.value === 'change';
      const link = back && back.querySelector(`a[href="#${item.id}"] .r`);
      if (!link) return;
      // What was answered before stands in the list only if it is answered anew.
      if (isAnswered(item)) link.closest('li').hidden = !radio;
      link.className = `r st ${radio ? classes[radio.value] : 'mute'}`;
      if (radio) link.innerHTML = radio.nextElementSibling.innerHTML;
      else link.textContent = words[rows.indexOf(link)];
    });
    const open = items.filter((item) => !chosen(item) && !isAnswered(item));
    const count = items.filter(chosen).length;
    if (rest) rest.textContent = asked.replace(/\d+/, (of) => Number(of) + items.filter((item) => isAnswered(item) && chosen(item)).length);
    if (go) go.textContent = count === 1 ? form.dataset.one : count ? form.dataset.many.replace('#', count) : form.dataset.first;
    if (next) {
      const below = open.find((item) => item.getBoundingClientRect().top > 8) || open[0];
      next.style.visibility = open.length ? '' : 'hidden';
      if (below) next.href = `#${below.id}`;
    }
  };
  if (next) next.hidden = false;
  if (back) back.hidden = false;
  form.addEventListener('change', () => { say(); keep(); });
  form.addEventListener('input', keep);
  addEventListener('scroll', say, { passive: true });
  form.addEventListener('submit', (event) => {
    if (!items.some(chosen)) {
      event.preventDefault();
      location.hash = items.length ? items[0].id : 'who';
      return;
    }
    // What was not chosen is not sent: a short form on a slow line.
    for (const item of items) {
      const radio = chosen(item);
      for (const area of item.querySelectorAll('textarea')) {
        area.disabled = !radio || !area.closest(radio.value === 'suggest' ? '.more-s' : radio.value === 'change' ? '.more-c' : 'none');
      }
    }
  });
  addEventListener('pageshow', () => { for (const area of form.querySelectorAll('textarea')) area.disabled = false; say(); });
  // Minutes that pass while the page is open; the words stay those of the server.
  const left = form.querySelector('[data-deadline]');
  if (left) {
    const opened = Date.now();
    const first = left.textContent;
    const minutes = Number((first.match(/\d+/) || [0])[0]);
    setInterval(() => {
      const now = Math.max(0, minutes - Math.floor((Date.now() - opened) / 60000));
      left.textContent = now ? first.replace(/\d+/, now) : left.dataset.none;
    }, 15000);
  }
  say();
})();
