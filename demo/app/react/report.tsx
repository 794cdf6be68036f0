/** The gated feature: how many visitors become teams. */
import { useId } from 'react';

const STEPS: readonly { readonly step: string; readonly teams: string; readonly percent: number }[] = [
  { step: 'Visited the site', teams: '24,180', percent: 100 },
  { step: 'Signed up', teams: '6,290', percent: 26 },
  { step: 'Opened a report', teams: '3,410', percent: 14 },
  { step: 'Invited a teammate', teams: '1,180', percent: 5 },
];

export function Report() {
  const title = useId();
  return (
    <section className="card" aria-labelledby={title}>
      <h2 id={title}>
        From visit to team <small>last 30 days</small>
      </h2>
      <ol className="funnel">
        {STEPS.map(({ step, teams, percent }) => (
          <li key={step}>
            <span>{step}</span>{' '}
            <span className="number">
              {teams} <small>{percent} %</small>
            </span>
            <svg aria-hidden="true">
              <rect width={`${percent}%`} height="100%" rx="4" />
            </svg>
          </li>
        ))}
      </ol>
    </section>
  );
}
