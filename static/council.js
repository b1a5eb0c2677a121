// An agenda: decisions are dragged by their handle to another place. The arrows beside do the same, without a script and
// by keyboard.
(() => {
  'use strict';
  const list = document.querySelector('ol.agenda[data-sortable]');
  if (!list) return;
  let held = null;
  let from = -1;
  const items = () => [...list.querySelectorAll(':scope > li')];
  for (const item of items()) {
    const handle = item.querySelector('.grip');
    if (!handle) continue;
    handle.hidden = false;
    handle.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      held = item;
      from = items().indexOf(item);
      item.classList.add('held');
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener('pointermove', (event) => {
      if (held !== item) return;
      const others = items().filter((other) => other !== held);
      const next = others.find((other) => {
        const box = other.getBoundingClientRect();
        return event.clientY < box.top + box.height / 2;
      });
      if (next) { if (next.previousElementSibling !== held) list.insertBefore(held, next); } else { list.append(held); }
    });
    const drop = (event, isKept) => {
      if (held !== item) return;
      handle.releasePointerCapture(event.pointerId);
      item.classList.remove('held');
      held = null;
      const to = items().indexOf(item);
      if (isKept && to !== from) {
        const form = item.querySelector('form.place');
        const field = document.createElement('input');
        field.type = 'hidden';
        field.name = 'to';
        field.value = String(to + 1);
        form.append(field);
        form.submit();
      } else if (to !== from) {
        const others = items().filter((other) => other !== item);
        list.insertBefore(item, others[from] || null);
      }
    };
    handle.addEventListener('pointerup', (event) => drop(event, true));
    handle.addEventListener('pointercancel', (event) => drop(event, false));
  }
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && held) {
      const item = held;
      held = null;
      item.classList.remove('held');
      const others = items().filter((other) => other !== item);
      list.insertBefore(item, others[from] || null);
    }
  });
})();
// The day of a meeting takes the days of its hours along, as long as they are the same.
(() => {
  'use strict';
  const day = document.getElementById('day');
  if (!day) return;
  let was = day.value;
  day.addEventListener('change', () => {
    for (const id of ['planned_day', 'deadline_day']) {
      const field = document.getElementById(id);
      if (field && field.value === was) field.value = day.value;
    }
    was = day.value;
  });
})();
