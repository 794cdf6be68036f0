/**
 * The script of the pages. Links and forms work without it. It copies ids, and refreshes the live parts every two
 * seconds while the page is visible.
 */
export const PAGE_SCRIPT = `
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
    }, 2000);
  }
`;
