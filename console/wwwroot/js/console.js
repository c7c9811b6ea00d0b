export function cookie(name) {
  const found = document.cookie.split('; ').find(pair => pair.startsWith(name + '='));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : '';
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

export const recall = key => localStorage.getItem('interven.' + key);
export const keep = (key, value) => localStorage.setItem('interven.' + key, value);
export const prefersDark = () => matchMedia('(prefers-color-scheme: dark)').matches;
export const scheme = name => { document.documentElement.dataset.scheme = name; };
export const isScrolled = () => scrollY > 140;
export const toTop = () => scrollTo({ top: 0 });
export const focus = selector => document.querySelector(selector)?.focus();

export function save(name, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// Keys are for the page only where nobody is typing and no dialog is open.
export function onKeys(keys, ear) {
  const wanted = keys.split(' ');
  const listen = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && !'jk'.includes(event.key)) return;
    if (event.target.closest('input, textarea, select, [contenteditable], [role=dialog]') || document.querySelector('[role=dialog]')) return;
    if (wanted.includes(event.key)) {
      event.preventDefault();
      ear.invokeMethodAsync('Hear', event.key);
    }
  };
  document.addEventListener('keydown', listen);
  return { stop: () => document.removeEventListener('keydown', listen) };
}

// A burst of rows costs one call into the app each half second, never one each.
export function events(address, ear) {
  const most = 200;
  let rows = [];
  const source = new EventSource(address);
  const take = event => { if (event.data) { rows.push(event.data); if (rows.length > most) rows = rows.slice(-most); } };
  source.onopen = () => ear.invokeMethodAsync('Hear', '');
  source.onerror = () => ear.invokeMethodAsync('Hear', '!');
  source.onmessage = take;
  source.addEventListener('decision', take);
  const timer = setInterval(() => {
    if (rows.length === 0) return;
    const batch = '[' + rows.join(',') + ']';
    rows = [];
    ear.invokeMethodAsync('Hear', batch);
  }, 500);
  return { stop: () => { clearInterval(timer); source.close(); } };
}

export function reveal(selector) {
  document.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
}
