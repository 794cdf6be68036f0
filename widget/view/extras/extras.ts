/**
 * What only some pages ask for beside the offer, each in a chunk of its own. This one is fetched where a page asks for any of it,
 * beside the question and never after a click; and once a bar is drawn, which may cut its words short.
 */
import type { Layout } from '../../flow/layout.js';
import type { ShownState } from '../../flow/offer-state.js';
import type { Drawn } from '../content.js';
import type { SpokenStrings } from '../words/words.js';
import type { Ask, Extra, ExtrasHost, Stage } from './extra.js';

/** By the property that asks for it. */
const CHUNKS = {
  optionNotes: () => import('./rows.js'),
  mediaLayout: () => import('./media.js'),
  meter: () => import('./meter.js'),
  icon: () => import('./icons.js'),
  deadline: () => import('./deadline.js'),
};

const NAMES = Object.keys(CHUNKS).filter((name): name is keyof typeof CHUNKS => name in CHUNKS);

/** A description that is no longer, in characters of HTML, is never cut short. */
const SHORT_LENGTH = 60;

export class Extras {
  sheets: readonly CSSStyleSheet[] = [];
  readonly #host: ExtrasHost;
  readonly #html: Stage['html'];
  readonly #fetched: { [Name in keyof typeof CHUNKS | 'details']?: Promise<void> } = {};
  #extras: readonly Extra[] = [];
  /** The offer of the last drawing. */
  #stage: Stage | undefined;

  constructor(host: ExtrasHost, html: Stage['html']) {
    this.#host = host;
    this.#html = html;
    host.addController(this);
    host.requestUpdate();
  }

  /** Before each drawing: the page may ask for more. */
  hostUpdate(): void {
    this.#stage = undefined;
    void this.#fetch();
  }

  hostUpdated(): void {
    const stage = this.#stage;
    if (stage) for (const extra of this.#extras) extra.drawn?.(stage);
  }

  /** Before an offer is shown. It is shown without what cannot be fetched. */
  async prepare(ask: Ask): Promise<void> {
    await this.#fetch();
    await Promise.all(this.#extras.map((extra) => extra.prepare?.(this.#host, ask)));
  }

  addTo(drawn: Drawn, state: ShownState, layout: Layout, words: SpokenStrings, language: string): Drawn {
    const isLong = layout === 'banner' && state.offer.description.length > SHORT_LENGTH;
    if (isLong) this.#fetched.details ??= this.#add(import('./details.js'));
    const pressed = state.status === 'accepting' ? state.optionId : undefined;
    const stage = { host: this.#host, offer: state.offer, layout, pressed, html: this.#html, words, language };
    this.#stage = stage;
    return this.#extras.reduce((before, extra) => extra.add?.(before, stage) ?? before, drawn);
  }

  async #fetch(): Promise<void> {
    const wanted = NAMES.filter((name) => (this.#host[name] ?? false) !== false);
    await Promise.all(wanted.map((name) => (this.#fetched[name] ??= this.#add(CHUNKS[name]()))));
  }

  async #add(fetched: Promise<{ extra: Extra }>): Promise<void> {
    try {
      const { extra } = await fetched;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(extra.sheet ?? '');
      this.#extras = [...this.#extras, extra];
      this.sheets = [...this.sheets, sheet];
      this.#host.requestUpdate();
    } catch (error) {
      console.warn(error);
    }
  }
}
