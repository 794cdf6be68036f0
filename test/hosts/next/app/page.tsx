import { Offer } from './offer';

export default function Page() {
  return (
    <main>
      <h1>Analytics</h1>
      <Offer />
    </main>
  );
}
