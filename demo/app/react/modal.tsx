/** A dialog over the page, with what is in it. */
import { useEffect, useRef, type ReactNode } from 'react';

export function Modal({ onEscape, children }: { onEscape: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog className="offer-dialog" aria-label="Upgrade" ref={dialog} onCancel={onEscape}>
      {children}
    </dialog>
  );
}
