// The live board. The server says that something changed; the page is read again and what is new is put in its place:
// nothing is moved, inserted above what one reads, or given the focus. Complete without this: the page is reloaded by its link.
(() => {
  const main = document.getElementById('main');
  if (!main || !main.dataset.events || !window.EventSource) return;
  const live = document.getElementById('bd-live');
  const skew = Number(main.dataset.now) * 1000 - Date.now();
  let busy = false;
  let again = false;
  // What the first look brings was there before; only what comes after it is news.
  let isFirst = true;
  const look = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(location.pathname, { headers: { accept: 'text/html', 'x-by-itself': '1' }, credentials: 'same-origin' });
      if (answer.redirected || answer.status === 401 || answer.status === 404) { location.reload(); return; }
      if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch { /* the line is cut; the next event looks again */ } finally {
      busy = false;
      if (again) { again = false; look(); }
    }
  };
  const put = (fresh) => {
    for (const old of document.querySelectorAll('[data-live]')) {
      const now = fresh.getElementById(old.id);
      if (!now || now.innerHTML === old.innerHTML) continue;
      // Under a finger or a caret nothing moves: it waits until one has gone on.
      if (old.contains(document.activeElement) || old.querySelector('details[open]')) { old.addEventListener('focusout', look, { once: true }); continue; }
      old.replaceChildren(...now.cloneNode(true).childNodes);
      if (!isFirst && old.id !== 'bd-at' && old.id !== 'bd-clocks') {
        old.classList.remove('fresh');
        requestAnimationFrame(() => old.classList.add('fresh'));
      }
    }
    isFirst = false;
    tick();
  };
  const tick = () => {
    const now = Date.now() + skew;
    for (const clock of document.querySelectorAll('[data-until]')) {
      const left = Number(clock.dataset.until) * 1000 - now;
      const said = left <= 0 ? clock.dataset.past : left < 60000 ? clock.dataset.none : clock.textContent.replace(/\d+/, Math.floor(left / 60000));
      if (clock.textContent !== said) clock.textContent = said;
    }
  };
  const source = new EventSource(main.dataset.events);
  source.addEventListener('open', () => { live.hidden = false; });
  source.addEventListener('error', () => { live.hidden = true; });
  source.addEventListener('changed', look);
  setInterval(tick, 5000);
  // Arrow keys walk the table, as in any grid; Tab goes on to the next link.
  document.getElementById('bd-table').addEventListener('keydown', (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const cell = event.target.closest('td, th');
    if (!step || !cell) return;
    const rows = [...cell.closest('table').tBodies[0].rows];
    let [row, column] = [rows.indexOf(cell.parentElement), cell.cellIndex];
    for (;;) {
      row += step[0];
      column += step[1];
      const there = rows[row] && rows[row].cells[column];
      if (!there) return;
      const link = there.querySelector('a');
      if (link) { event.preventDefault(); link.focus(); return; }
    }
  });
})();
