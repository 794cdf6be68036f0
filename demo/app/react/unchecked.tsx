/** Nobody could say whether the customer may see the analytics. */
export function Unchecked({ onCheck }: { onCheck: () => Promise<void> }) {
  return (
    <div className="unchecked" role="status">
      <div className="card">
        <p>We could not check whether Analytics is part of your plan. Nothing has changed.</p>
        <button type="button" className="plain-button" onClick={() => void onCheck()}>
          Check again
        </button>
      </div>
    </div>
  );
}
