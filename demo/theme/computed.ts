/** Values that only a browser can work out: `color-mix()`, relative colours, `calc()`. In Node there are none. */

let probe: HTMLElement | undefined;
const colors = new Map<string, string | undefined>();

/** A colour as a notation without functions; undefined when the text is no colour. */
export function computedColor(css: string): string | undefined {
  if (!colors.has(css)) colors.set(css, computed('color', css));
  return colors.get(css);
}

/** In CSS pixels. */
export function computedLength(css: string): number | undefined {
  const width = computed('width', css);
  return width?.endsWith('px') ? Number.parseFloat(width) : undefined;
}

function computed(property: 'color' | 'width', css: string): string | undefined {
  if (typeof document === 'undefined' || css.includes('var(') || !CSS.supports(property, css)) return undefined;
  probe ??= hiddenElement();
  probe.style.setProperty(property, css);
  return getComputedStyle(probe).getPropertyValue(property);
}

function hiddenElement(): HTMLElement {
  const element = document.createElement('i');
  element.hidden = true;
  document.body.append(element);
  return element;
}
