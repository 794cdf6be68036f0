/**
 * What the pages do in the browser beyond links and forms, all of which work without it: copying an id, and reading the
 * parts that change again every two seconds while somebody looks.
 */
export const PAGE_SCRIPT = `
  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('[data-copy]');
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    const said = document.querySelector('#said');
    if (said) said.textContent = 'Copied ' + button.dataset.copy;
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
        shown.replaceChildren(...fresh.childNodes);
      }
    }, 2000);
  }
`;
