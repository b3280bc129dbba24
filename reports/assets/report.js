// Sorting, filtering and unfolding of tables. The page reads and prints without it.
for (const box of document.querySelectorAll('.interactive')) {
  const table = box.querySelector('table');
  const all = box.querySelector('.more input');
  const rows = [...table.querySelectorAll('tbody tr')];
  const [first, rest] = table.tBodies;
  const shown = Number(table.dataset.shown);

  const place = () => {
    rows.forEach((row, i) => {
      (rest !== undefined && i >= shown ? rest : first).append(row);
    });
  };

  const keyOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v);
  };

  const compare = (a, b, sign) => {
    if (typeof a === 'number' && typeof b === 'number') {
      if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
      return a === b ? 0 : (a < b ? -1 : 1) * sign;
    }
    return String(a).localeCompare(String(b), 'en', { numeric: true }) * sign;
  };

  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener('click', () => {
      const ascending = heading.getAttribute('aria-sort') !== 'ascending';
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
      const keys = new Map(rows.map((row) => [row, keyOf(row, column)]));
      rows.sort((a, b) => compare(keys.get(a), keys.get(b), ascending ? 1 : -1));
      place();
    });
  });

  const label = document.createElement('label');
  label.className = 'filter';
  label.textContent = 'Filter ';
  const input = document.createElement('input');
  input.type = 'search';
  input.placeholder = 'name, verdict, network …';
  const found = document.createElement('output');
  label.append(input);
  const bar = document.createElement('p');
  bar.className = 'tools';
  bar.append(label, found);
  if (all !== null) {
    bar.append(box.querySelector('.more'));
  }
  box.prepend(bar);

  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) count++;
    }
    box.classList.toggle('filtered', words.length > 0);
    found.textContent = words.length > 0 ? `${count} of ${rows.length} rows` : '';
  });
}
