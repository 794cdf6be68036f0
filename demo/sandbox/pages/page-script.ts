/**
 * The script of the pages. Links and forms work without it. It copies ids, refreshes the live parts every two seconds while
 * the page is visible, and takes what the demo's pages carry in their URLs along to the next one: a theme's accent is worn
 * here, too. The tab remembers it, because a form leads on without the query.
 */
export const PAGE_SCRIPT = `
  const CARRIED = ['theme', 'scheme', 'stage', 'language'];
  const asked = new URLSearchParams(location.search);
  if (CARRIED.some((name) => asked.has(name))) sessionStorage.setItem('sandbox carried', asked);
  const carried = new URLSearchParams(sessionStorage.getItem('sandbox carried') ?? '');
  carryOn();

  for (const [token, name] of [['accent-color', '--accent'], ['accent-text-color', '--on-accent']]) {
    const value = new RegExp('(?:^|;)' + token + ':([^;]+)').exec(carried.get('theme') ?? '')?.[1];
    if (value && CSS.supports('color', value)) document.documentElement.style.setProperty(name, value);
  }
  if (/^(light|dark)$/.test(carried.get('scheme'))) document.documentElement.style.colorScheme = carried.get('scheme');

  function carryOn() {
    for (const link of document.querySelectorAll('a[href]')) {
      const url = new URL(link.href);
      for (const name of CARRIED) if (carried.has(name)) url.searchParams.set(name, carried.get(name));
      if (url.href !== link.href) link.href = url;
    }
  }

  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('[data-copy]');
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    const status = document.querySelector('#copied');
    if (status) status.textContent = 'Copied ' + button.dataset.copy;
    button.classList.add('copied');
    setTimeout(() => button.classList.remove('copied'), 1200);
  });

  if (document.querySelector('[data-live]')) {
    setInterval(async () => {
      if (document.hidden) return;
      const answer = await fetch(location.href).catch(() => undefined);
      if (!answer?.ok) return;
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const shown of document.querySelectorAll('[data-live]')) {
        const fresh = next.getElementById(shown.id);
        if (!fresh || fresh.innerHTML === shown.innerHTML || shown.contains(document.activeElement)) continue;
        const scrolled = shown.querySelector('.scrolls')?.scrollTop ?? 0;
        shown.replaceChildren(...fresh.childNodes);
        shown.querySelector('.scrolls')?.scrollTo(0, scrolled);
      }
      carryOn();
    }, 2000);
  }
`;
