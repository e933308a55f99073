// The controls of the page: filters, copying, unfolding, the count of what is ticked. Everything is readable without it.
(() => {
  const all = selector => [...document.querySelectorAll(selector)];
  const rows = all('[data-unit]');
  const form = document.querySelector('.filters');

  /** Shows what concerns a unit that fits the filters; boxes of the picture fade, so that it keeps its form. */
  function filter() {
    const chosen = [...new FormData(form)].filter(([, value]) => value !== '');
    const visible = new Set();
    for (const row of rows) {
      const fits = chosen.every(([name, value]) => row.dataset[name] === value);
      row.hidden = !fits;
      if (fits) visible.add(row.dataset.unit);
    }
    const concerns = units => units === '' || units.split(' ').some(unit => unit === '-1' || visible.has(unit));
    const faded = new Set();
    for (const element of all('[data-units]')) {
      const fits = concerns(element.dataset.units);
      if (element.dataset.box === undefined) element.hidden = !fits;
      else {
        element.classList.toggle('off', !fits);
        if (!fits) faded.add(element.dataset.box);
      }
    }
    for (const link of all('path.link')) {
      link.classList.toggle('off', faded.has(link.dataset.from) || faded.has(link.dataset.to));
    }
    const told = `${visible.size} of ${rows.length} units`;
    document.getElementById('shown').textContent = chosen.length === 0 ? `${rows.length} units` : told;
  }

  function countTicked() {
    const boxes = all('.checks input');
    const ticked = boxes.filter(box => box.checked).length;
    const line = document.getElementById('checked');
    if (line !== null) line.textContent = `${ticked} of ${boxes.length} done`;
  }

  function unfold(open) {
    for (const fold of all('details')) fold.open = open;
  }

  /** Where the browser gives no clipboard to a file, the command is selected, so that a key copies it. */
  async function copy(button) {
    const code = button.parentElement.querySelector('code');
    const done = text => {
      button.textContent = text;
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 1500);
    };
    try {
      await navigator.clipboard.writeText(code.textContent);
      done('Copied');
    } catch {
      getSelection().selectAllChildren(code);
      done('Selected');
    }
  }

  if (form !== null) {
    form.addEventListener('change', filter);
    form.addEventListener('submit', event => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(filter));
    const button = document.getElementById('unfold');
    button.addEventListener('click', () => {
      const open = button.textContent === 'Unfold all';
      unfold(open);
      button.textContent = open ? 'Fold all' : 'Unfold all';
    });
  }
  document.addEventListener('click', event => {
    const button = event.target.closest?.('.copy');
    if (button) copy(button);
  });
  document.addEventListener('change', countTicked);
  addEventListener('beforeprint', () => unfold(true));
  countTicked();
})();
