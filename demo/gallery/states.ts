/** The states of the gallery: every named mock, and what pages make of them, with title, group, and when a customer sees it. */
import { isMockName, type MockName } from '../../widget/developer/mock-scenarios.js';
import type { UpgradeOffer } from '../../widget/index.js';
import { offerWords } from '../../widget/view/words/offer-words.js';

export const GROUPS = ['Offers', 'In progress', 'Next steps', 'Success', 'Problems', 'Feature gate'] as const;

interface Description {
  readonly group: (typeof GROUPS)[number];
  readonly title: string;
  /** When a customer sees it. */
  readonly says: string;
  /** The mock that leads to the state. By default, the one that the state is named for. */
  readonly mock?: MockName;
  /** What the page sets on the element besides the mock and the layout. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly properties?: Partial<UpgradeOffer>;
  /** The customer has pressed the first option. */
  readonly isPressed?: true;
  /** HTML that the page puts into the element's slots. */
  readonly slots?: string;
  /** The state shows nothing, on purpose. */
  readonly isBlank?: true;
}

export interface GalleryState extends Description {
  readonly name: StateName;
  readonly mock: MockName;
}

/** One entry for each state: the named mocks, and what a page makes of them with attributes, properties and slots. */
const DESCRIPTIONS = {
  'one-option': {
    group: 'Offers',
    title: 'One option',
    says: 'The usual offer: one button to accept, one for later, and a line that says that it charges.',
  },
  'two-options': { group: 'Offers', title: 'Two options', says: 'Two plans to choose from; the first one stands out.' },
  'three-options': {
    group: 'Offers',
    title: 'Three options',
    says: 'As many buttons as a play should have. The line under them names those that charge.',
  },
  'long-text': {
    group: 'Offers',
    title: 'Long text',
    says: 'Very long German in the title, the description and the buttons.',
  },
  'lists-and-links': {
    group: 'Offers',
    title: 'Lists and links',
    says: 'What marketers write: bold, lists, and a link to the terms.',
  },
  'price-and-proof': {
    group: 'Offers',
    title: 'Badge, price and proof',
    says: 'What the page knows of the price, in the slots around the offer. Gone with the offer.',
    mock: 'two-options',
    slots: `<span slot="eyebrow">New</span>
<span slot="price">$12 a seat and month, on your next invoice</span>
<span slot="proof">“We stopped counting seats.” Juniper</span>`,
  },
  sticky: {
    group: 'Offers',
    title: 'Banner that stays',
    says: 'The banner stays at the top while the page scrolls, unless it would cover more than a quarter of the window.',
    mock: 'one-option',
    attributes: { sticky: '' },
  },
  'price-of-one-option': {
    group: 'Offers',
    title: 'The price under the button',
    says: 'The page knows what the option costs, and says so in place of the widget’s own line.',
    mock: 'one-option',
    properties: { optionNotes: { option_1: { price: '$24 a month', note: 'From today, on your next invoice' } } },
  },
  compact: {
    group: 'Offers',
    title: 'Compact',
    says: 'For pages that are tools: smaller type, less space and lower buttons.',
    mock: 'two-options',
    attributes: { density: 'compact' },
  },
  'options-with-notes': {
    group: 'Offers',
    title: 'Options with notes',
    says: 'In card and dialog, options that the page knows more about are rows to choose from, with one button.',
    mock: 'two-options',
    properties: {
      optionNotes: {
        option_1: { name: 'Team', note: 'Up to 50 people, single sign-on', price: '$12 a seat', badge: 'Recommended' },
        option_2: { name: 'Business', note: 'As many people as you like, audit log', price: '$19 a seat' },
      },
    },
  },
  meter: {
    group: 'Offers',
    title: 'Meter',
    says: 'The page has asked for a meter of what is used up.',
    mock: 'three-options',
    attributes: { used: '92', meter: '100 GB' },
  },
  'media-beside': {
    group: 'Offers',
    title: 'Picture beside the words',
    says: 'In a wide card; the dialog has it above them. Gone with the offer.',
    attributes: { 'media-layout': 'side' },
    mock: 'one-option',
    slots: `<svg slot="media" viewBox="0 0 120 80" preserveAspectRatio="xMidYMid slice" role="img" aria-label="A chart that rises">
  <rect width="120" height="80" fill="#dfe0fb" />
  <path d="M12 62 36 50 56 56 78 30 108 18" fill="none" stroke="#4236c9" stroke-width="3" />
</svg>`,
  },
  'no-description': { group: 'Offers', title: 'No description', says: 'Title only.' },
  'ends-soon': {
    group: 'Offers',
    title: 'Ends soon',
    says: 'The offer ends within three days: a calm line names the day.',
    attributes: { deadline: '' },
  },
  waiting: {
    group: 'In progress',
    title: 'Waiting',
    says: 'The proxy has not answered yet. An optional offer shows no spinner.',
    isBlank: true,
  },
  confirming: {
    group: 'In progress',
    title: 'Asked once more',
    says: 'The page has asked for `confirm`: an option that charges waits for a second press. Nothing is sent before.',
    mock: 'one-option',
    attributes: { confirm: '' },
    isPressed: true,
  },
  'confirming-the-price': {
    group: 'In progress',
    title: 'Asked once more, with the price',
    says: 'The page knows what the option costs, and the question says it.',
    mock: 'one-option',
    attributes: { confirm: '' },
    properties: { optionNotes: { option_1: { price: '$24 a month', note: 'From today, on your next invoice' } } },
    isPressed: true,
  },
  accepting: {
    group: 'In progress',
    title: 'Accepting',
    says: 'The customer pressed the button; no answer yet. A second click does nothing.',
  },
  pending: {
    group: 'In progress',
    title: 'Pending',
    says: 'Accepted; the subscription is being changed. Done after three seconds.',
  },
  'pending-long': { group: 'In progress', title: 'Pending for long', says: 'Accepted, but the change takes long.' },
  'pending-by-colleague': {
    group: 'In progress',
    title: 'Pending for a colleague',
    says: 'A colleague accepted; the subscription is being changed.',
  },
  overdue: {
    group: 'In progress',
    title: 'Overdue',
    says: 'Still not done after two minutes: the widget stops asking, and says so.',
  },
  redirect: {
    group: 'Next steps',
    title: 'Redirect',
    says: 'The app’s own upgrade page comes next. The gallery does not go there.',
  },
  checkout: {
    group: 'Next steps',
    title: 'Checkout',
    says: 'Chargebee’s hosted checkout comes next, on a page of its own.',
  },
  'checkout-in-app': {
    group: 'Next steps',
    title: 'Checkout in the app',
    says: 'Chargebee’s checkout comes next, over the page.',
  },
  returned: { group: 'Next steps', title: 'Back again', says: 'The customer came back from the next page too early.' },
  'returned-by-colleague': {
    group: 'Next steps',
    title: 'A colleague’s step',
    says: 'A colleague accepted and has not finished; anybody can.',
  },
  'elsewhere-email': { group: 'Next steps', title: 'By email', says: 'The customer continues from an email.' },
  'elsewhere-webhook': {
    group: 'Next steps',
    title: 'By the app',
    says: 'Somebody at the company continues from here.',
  },
  completed: { group: 'Success', title: 'Completed', says: 'The upgrade is active.' },
  'completed-leading-on': {
    group: 'Success',
    title: 'Completed, and a way on',
    says: 'The page says with `done-href` where the customer finds what they have got.',
    mock: 'completed',
    attributes: { 'done-href': 'https://app.example/reports' },
  },
  'completed-by-the-page': {
    group: 'Success',
    title: 'Completed, and the page’s own button',
    says: 'The slot `done` takes the place of the first button.',
    mock: 'completed',
    slots: '<a slot="done" href="https://app.example/reports">Open Advanced Analytics</a>',
  },
  'just-unlocked': {
    group: 'Success',
    title: 'Just unlocked',
    says: 'The feature fades in where the card was, and a line says so for four seconds.',
    mock: 'completed',
    attributes: { feature: 'advanced-analytics' },
    properties: { strings: { unlocked: 'Advanced Analytics is on.' } },
  },
  'already-accepted': {
    group: 'Success',
    title: 'Already accepted',
    says: 'By the customer, earlier or in another tab.',
  },
  'accepted-by-colleague': {
    group: 'Success',
    title: 'Accepted by a colleague',
    says: 'A colleague on the same subscription was first.',
  },
  'completed-by-colleague': {
    group: 'Success',
    title: 'Completed by a colleague',
    says: 'A colleague was first, and the upgrade is active.',
  },
  interrupted: {
    group: 'Problems',
    title: 'Interrupted',
    says: 'The network failed. Trying again is safe, and works here.',
  },
  'needs-reload': {
    group: 'Problems',
    title: 'Reload needed',
    says: 'A part of the widget could not be fetched, and only a reload helps. Here, the button tries again.',
    mock: 'interrupted',
    properties: { strings: { retry: offerWords.reload } },
  },
  gone: { group: 'Problems', title: 'Gone', says: 'The offer expired before it was accepted.' },
  'failed-billing': {
    group: 'Problems',
    title: 'Billing failed',
    says: 'The subscription could not be changed, or the card was refused.',
  },
  'failed-billing-leading-on': {
    group: 'Problems',
    title: 'Billing failed, and a way on',
    says: 'The page says with `payment-href` where a payment method is changed.',
    mock: 'failed-billing',
    attributes: { 'payment-href': 'https://app.example/billing' },
  },
  'failed-checkout': {
    group: 'Problems',
    title: 'Checkout abandoned',
    says: 'The hosted page was left without paying.',
  },
  'failed-app': {
    group: 'Problems',
    title: 'App failed',
    says: 'The app reported that it could not provide the upgrade.',
  },
  'failed-app-leading-on': {
    group: 'Problems',
    title: 'App failed, and a way to support',
    says: 'The page says with `support-href` where help is. Only then do the words promise it.',
    mock: 'failed-app',
    attributes: { 'support-href': 'mailto:help@app.example' },
  },
  'failed-expired': {
    group: 'Problems',
    title: 'Fulfillment expired',
    says: 'Nobody finished the fulfillment within seven days.',
  },
  'failed-internal': {
    group: 'Problems',
    title: 'Failed at Chargebee',
    says: 'Chargebee reports an error on its side.',
  },
  'failed-internal-leading-on': {
    group: 'Problems',
    title: 'Failed at Chargebee, and a way to support',
    says: 'Another try would not help, so support comes first.',
    mock: 'failed-internal',
    attributes: { 'support-href': 'mailto:help@app.example' },
  },
  'failed-unsupported': {
    group: 'Problems',
    title: 'Unsupported',
    says: 'A way to fulfill the offer that this version does not know.',
  },
  'failed-unsupported-leading-on': {
    group: 'Problems',
    title: 'Unsupported, and a way to support',
    says: 'Only a person can finish it.',
    mock: 'failed-unsupported',
    attributes: { 'support-href': 'mailto:help@app.example' },
  },
  unlocked: {
    group: 'Feature gate',
    title: 'Unlocked',
    says: 'The customer has the feature: the unlocked slot is shown, and no offer.',
  },
  locked: {
    group: 'Feature gate',
    title: 'Locked',
    says: 'The customer lacks the feature, and there is no offer: the locked slot is shown.',
  },
  nothing: {
    group: 'Feature gate',
    title: 'No offer',
    says: 'Chargebee has none for this customer. The element takes no space.',
    isBlank: true,
  },
  unknown: {
    group: 'Feature gate',
    title: 'Access unknown',
    says: 'Chargebee does not answer. Nothing is unlocked, and nothing is sold.',
    isBlank: true,
  },
  unreachable: {
    group: 'Feature gate',
    title: 'Proxy unreachable',
    says: 'The page works as if there were no offer.',
    isBlank: true,
  },
} satisfies Record<MockName, Description> & Record<string, Description>;

export type StateName = keyof typeof DESCRIPTIONS;

export function isStateName(name: string): name is StateName {
  return Object.hasOwn(DESCRIPTIONS, name);
}

export const STATES: readonly GalleryState[] = Object.keys(DESCRIPTIONS).filter(isStateName).map(stateOf);

/** @throws when the state names no mock, and no mock has its name. */
export function stateOf(name: StateName): GalleryState {
  const { mock = name, ...description }: Omit<Description, 'mock'> & { mock?: string } = DESCRIPTIONS[name];
  if (!isMockName(mock)) {
    throw new Error(`Failed to show the state ${name}: it has no mock. Name one in demo/gallery/states.ts.`);
  }
  return { ...description, name, mock };
}

/** The states of a group that contain every word of the search. An empty group means all groups. */
export function findStates(search: string, group: string): readonly GalleryState[] {
  const words = search.toLowerCase().split(/\s+/);
  return STATES.filter((state) => {
    const text = `${state.name} ${state.title} ${state.says}`.toLowerCase();
    return (group === '' || state.group === group) && words.every((word) => text.includes(word));
  });
}
