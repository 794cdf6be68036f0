/** The value of the control that an event comes from. */

export function textIn({ currentTarget }: Event): string {
  const isControl =
    currentTarget instanceof HTMLInputElement ||
    currentTarget instanceof HTMLTextAreaElement ||
    currentTarget instanceof HTMLSelectElement;
  return isControl ? currentTarget.value : '';
}

export function numberIn(event: Event): number {
  return Number(textIn(event)) || 0;
}
