/** There is no offer now. A customer who accepted and came back without paying gets no new one, but needs a way to finish. */
export function Locked({ isUpgradeOpen }: { isUpgradeOpen: boolean }) {
  return (
    <p className="locked card">
      Advanced Analytics is not part of your plan yet.
      {isUpgradeOpen && (
        <>
          {' '}
          <a href="upgrade.html">Finish your upgrade</a>
        </>
      )}
    </p>
  );
}
