/** @jsxImportSource solid-js */
import { createSignal, For, Match, Switch } from 'solid-js';
import 'upgrade-offer/solid';
import { getToken } from '../get-token.js';

export function App() {
  const [page, setPage] = createSignal('Home');
  return (
    <>
      <nav>
        <For each={['Home', 'Storage', 'Analytics']}>
          {(name) => <button onClick={() => setPage(name)}>{name}</button>}
        </For>
      </nav>
      <Switch>
        <Match when={page() === 'Storage'}>
          <Storage />
        </Match>
        <Match when={page() === 'Analytics'}>
          <Analytics />
        </Match>
      </Switch>
    </>
  );
}

function Storage() {
  const [usedPercent, setUsedPercent] = createSignal(85);
  const [news, setNews] = createSignal('');
  return (
    <>
      <button onClick={() => setUsedPercent(40)}>Delete old files</button>
      <upgrade-offer
        layout="banner"
        proxy="/upgrade-offer"
        prop:getToken={getToken}
        prop:context={{ storage_used_percent: usedPercent() }}
        on:offer-accepted={(event) => setNews(`Accepted: ${event.optionId}`)}
      >
        <small slot="footer">Cancel at any time.</small>
      </upgrade-offer>
      <p>{news()}</p>
    </>
  );
}

function Analytics() {
  return (
    <upgrade-offer feature="advanced-analytics" proxy="/upgrade-offer" prop:getToken={getToken}>
      <h2 slot="unlocked">Your dashboards</h2>
    </upgrade-offer>
  );
}
