/** One stylesheet for all pages of the sandbox. */
export const PAGE_STYLES = `
  :root {
    color-scheme: light dark;
    --paper: light-dark(#faf9f6, #151618);
    --sheet: light-dark(#ffffff, #1d1f22);
    --sunken: light-dark(#f2f0eb, #121315);
    --ink: light-dark(#1f1e1c, #ebe9e4);
    --quiet: light-dark(#625f58, #a6a299);
    --line: light-dark(#e3dfd7, #303338);
    --edge: light-dark(#8d887e, #6d7078);
    --accent: light-dark(#4338b8, #b0aaff);
    --on-accent: light-dark(#ffffff, #17163a);
    --good: light-dark(#17663a, #7fd19e);
    --bad: light-dark(#a12f1b, #f3a08d);
    --bad-paper: light-dark(#fdf1ee, #2d1c19);
    --mono: ui-monospace, 'SF Mono', 'Cascadia Code', 'DejaVu Sans Mono', Menlo, monospace;
    --copy-icon: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='black' stroke-width='1.5'%3E%3Crect x='5.5' y='5.5' width='9' height='9' rx='1.5'/%3E%3Cpath d='M10.5 3V2.5a1 1 0 0 0-1-1h-7a1 1 0 0 0-1 1v7a1 1 0 0 0 1 1H3'/%3E%3C/svg%3E");
    --done-icon: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='black' stroke-width='2'%3E%3Cpath d='M2.5 8.5l3.5 3.5 7-8'/%3E%3C/svg%3E");
    font: 1rem/1.55 system-ui, sans-serif;
    color: var(--ink);
    background: var(--paper);
  }
  *, ::before, ::after { box-sizing: border-box; }
  body { max-inline-size: 68rem; margin: 0 auto; padding: 0 1.5rem 5rem; }
  h1, h2, h3, p, ol, ul, dl, dd, fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; }
  h1 { font-size: 1.75rem; font-weight: 680; letter-spacing: -0.02em; line-height: 1.2; }
  h2 { margin-block: 2.75rem 0.75rem; font-size: 1.1875rem; font-weight: 650; letter-spacing: -0.01em; }
  h3, legend { padding: 0; font-size: 0.9375rem; font-weight: 650; }
  h3 { margin-block: 1.5rem 0.5rem; }
  fieldset { margin-block-start: 1.5rem; }
  fieldset + .fields { margin-block-start: 1.5rem; }
  legend + .fields { margin-block-start: 0.25rem; }
  code, pre, textarea.code { font-family: var(--mono); font-size: 0.875em; overflow-wrap: anywhere; }
  a { color: var(--accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }

  .banner { display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: center; margin-block-end: 2.5rem; border-block-end: 1px solid var(--line); }
  .wordmark { padding-block: 0.75rem; font-weight: 680; letter-spacing: -0.01em; }
  .wordmark .quiet { margin-inline-start: 0.25rem; font-weight: 400; }
  .banner .home { flex-basis: 100%; gap: 0 1.25rem; font-size: 0.875rem; }
  .banner .home a { padding-block: 0.5rem 0; border: 0; }
  .banner form { margin-inline-start: auto; }
  .banner button { min-block-size: 2.25rem; font-size: 0.875rem; }
  nav { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
  nav a { padding-block: 0.75rem; margin-block-end: -1px; border-block-end: 2px solid transparent; color: var(--quiet); text-decoration: none; }
  nav a:hover { color: var(--ink); }
  nav a[aria-current] { color: var(--ink); border-color: var(--accent); }

  .lead { max-inline-size: 72ch; margin-block-start: 0.75rem; }
  .quiet { color: var(--quiet); }
  .good { color: var(--good); }
  .bad { color: var(--bad); }
  .small { font-size: 0.9375rem; }
  .card { margin-block-start: 1rem; padding: 1.25rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; }
  .card > :first-child { margin-block-start: 0; }
  .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; margin-block-start: 1.5rem; align-items: start; }
  .columns .card { margin: 0; }
  .alert { margin-block-end: 2rem; padding: 1rem 1.25rem; background: var(--bad-paper); border: 1px solid var(--bad); border-radius: 10px; color: var(--bad); }
  .alert ul { margin-block-start: 0.25rem; padding-inline-start: 1.25rem; overflow-wrap: anywhere; }
  pre { margin: 0.75rem 0 0; padding: 0.75rem 1rem; background: var(--sunken); border-radius: 8px; white-space: pre-wrap; }
  .chip { display: inline-block; padding: 0 0.5rem; border: 1px solid var(--line); border-radius: 99px; font-size: 0.8125rem; color: var(--quiet); white-space: nowrap; }

  button, input, select, textarea { font: inherit; color: inherit; min-block-size: 2.75rem; padding: 0.375rem 0.75rem; background: var(--sheet); border: 1px solid var(--edge); border-radius: 8px; max-inline-size: 100%; }
  input[type='checkbox'] { min-block-size: 0; inline-size: 1.125rem; block-size: 1.125rem; accent-color: var(--accent); }
  input, select, textarea { inline-size: 100%; }
  textarea { padding-block: 0.5rem; resize: vertical; }
  button { cursor: pointer; font-weight: 550; }
  button:hover { border-color: var(--ink); }
  button.primary { border-color: var(--accent); color: var(--on-accent); background: var(--accent); }
  button.primary:hover { filter: brightness(1.1); }
  .buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-block-start: 1rem; }
  .field { display: block; font-size: 0.875rem; color: var(--quiet); }
  .field > :not(:first-child) { display: block; margin-block-start: 0.25rem; color: var(--ink); font-size: 1rem; }
  .check { margin-block-start: 0.5rem; display: flex; gap: 0.625rem; align-items: center; min-block-size: 2.75rem; }
  .check input { flex: none; }
  .fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr)); gap: 0.75rem; margin-block-start: 0.75rem; align-items: end; }
  .row { display: grid; gap: 0.5rem; margin-block-start: 0.5rem; }
  .row.three { grid-template-columns: minmax(0, 2fr) minmax(0, 1.25fr) minmax(0, 1.5fr); }
  .row.two { grid-template-columns: minmax(0, 2fr) minmax(7rem, 1fr); }
  .fields.wide { grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); }
  .plain { list-style: none; }
  .beside { margin-block: -0.5rem 0.75rem; }

  summary { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; padding: 1rem 1.25rem; cursor: pointer; }
  summary strong:only-child { min-inline-size: 0; flex: 1; }
  summary::before { content: '+'; inline-size: 0.75rem; color: var(--quiet); font-family: var(--mono); }
  details[open] > summary::before { content: '–'; }
  summary strong { font-weight: 650; }
  details.card { padding: 0; }
  details.card > :not(summary) { padding: 0 1.25rem 1.25rem; }

  .ledger { list-style: none; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; }
  .ledger li { display: grid; grid-template-columns: 4.5rem 10rem minmax(0, 1fr) auto; gap: 1rem; padding: 0.5rem 1.25rem; font-size: 0.9375rem; }
  .ledger li + li { border-block-start: 1px solid var(--line); }
  .ledger time { color: var(--quiet); font-variant-numeric: tabular-nums; }
  .ledger strong { font-weight: 600; }
  .ledger strong.quiet { font-weight: 400; }
  .ledger span { overflow-wrap: anywhere; }
  .ledger button { font-size: 0.875rem; font-weight: 400; white-space: nowrap; }
  .ledger a { font-family: var(--mono); font-size: 0.875em; overflow-wrap: anywhere; }

  .scrolls { max-block-size: 26rem; overflow-y: auto; overscroll-behavior: contain; }
  table { inline-size: 100%; border-collapse: collapse; }
  .scenarios { margin-block-start: 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; border-collapse: separate; border-spacing: 0; font-size: 0.9375rem; }
  caption { padding-block: 0.75rem 0.5rem; font-weight: 650; text-align: start; }
  .scenarios :is(th, td) { padding: 0.375rem 1.25rem; text-align: start; vertical-align: baseline; }
  .scenarios tbody :is(th, td) { border-block-start: 1px solid var(--line); }
  .scenarios thead { color: var(--quiet); font-size: 0.8125rem; }
  .scenarios thead th { font-weight: 400; }
  .scenarios th:first-child { inline-size: 19rem; }
  .scenarios td:last-child { inline-size: 5.5rem; text-align: end; white-space: nowrap; }
  .scenarios td { color: var(--quiet); overflow-wrap: anywhere; }
  .try { display: inline-block; padding-block: 0.25rem; }
  .copy { min-block-size: 0; padding: 0 0.25rem; margin-inline-start: -0.25rem; border-color: transparent; background: none; text-align: start; font-weight: 400; }
  .copy code { font-size: 0.9375em; font-weight: 600; color: var(--ink); }
  .copy::after { content: ''; display: inline-block; inline-size: 0.8125rem; block-size: 0.8125rem; margin-inline-start: 0.5rem; background: var(--edge); mask: var(--copy-icon) center / contain no-repeat; }
  .copy:hover::after { background: var(--ink); }
  .copy.copied::after { background: var(--good); mask-image: var(--done-icon); }
  .checkout { max-inline-size: 30rem; margin: 12vh auto 0; padding: 2rem; }
  .visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

  @media (max-width: 46rem) {
    body { padding-inline: 1rem; }
    .banner { margin-block-end: 1.5rem; }
    .banner { gap: 0 1rem; }
    .banner nav { order: 1; flex-basis: 100%; }
    .banner .home { order: -1; }
    nav { gap: 0 1rem; }
    nav a { padding-block: 0.625rem; font-size: 0.9375rem; }
    .ledger li { grid-template-columns: 4.5rem minmax(0, 1fr); gap: 0 1rem; padding-inline: 1rem; }
    .ledger span, .ledger a, .ledger form { grid-column: 2; }
    .ledger form { margin-block: 0.375rem; }
    .scenarios thead { display: none; }
    .scenarios tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; padding: 0.625rem 1rem; border-block-start: 1px solid var(--line); }
    .scenarios tbody :is(th, td) { padding: 0; border: 0; }
    .scenarios td:nth-child(2) { grid-row: 2; grid-column: 1 / -1; }
    .scenarios :is(th:first-child, td:last-child) { inline-size: auto; }
    .row.three { grid-template-columns: 1fr; padding-block-end: 0.75rem; border-block-end: 1px solid var(--line); }
  }
`;
