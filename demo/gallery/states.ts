/** The states of the gallery: every named mock, with its title, its group, and when a customer meets it. */
import { isMockName, type MockName } from '../../widget/developer/mock-scenarios.js';

export const GROUPS = ['Offers', 'Under way', 'Next steps', 'Good news', 'Problems', 'Feature and silence'] as const;

interface Description {
  readonly group: (typeof GROUPS)[number];
  readonly title: string;
  readonly says: string;
  /** There is nothing to see, and that is the point. */
  readonly isBlank?: true;
}

export interface GalleryState extends Description {
  readonly name: MockName;
}

const DESCRIPTIONS: Record<MockName, Description> = {
  'one-option': {
    group: 'Offers',
    title: 'One option',
    says: 'The usual offer: one way to accept, and one to say later.',
  },
  'two-options': { group: 'Offers', title: 'Two options', says: 'Two plans to choose from; the first one leads.' },
  'three-options': { group: 'Offers', title: 'Three options', says: 'As many buttons as a play may reasonably have.' },
  'long-text': {
    group: 'Offers',
    title: 'Long text',
    says: 'German at its longest, in the title, the words and the buttons.',
  },
  'lists-and-links': {
    group: 'Offers',
    title: 'Lists and links',
    says: 'What marketers write: bold, lists, and a link to the terms.',
  },
  'no-description': { group: 'Offers', title: 'No description', says: 'A title has to do.' },
  waiting: {
    group: 'Under way',
    title: 'Waiting',
    says: 'The proxy has not answered yet. No spinner where an offer is optional.',
    isBlank: true,
  },
  accepting: {
    group: 'Under way',
    title: 'Accepting',
    says: 'Pressed, and not answered yet. A second click does nothing.',
  },
  pending: {
    group: 'Under way',
    title: 'Pending',
    says: 'Accepted; the subscription is being changed. Done after three seconds.',
  },
  'pending-long': { group: 'Under way', title: 'Pending for long', says: 'Accepted, and the change takes its time.' },
  overdue: {
    group: 'Under way',
    title: 'Overdue',
    says: 'Still not done after two minutes: the widget stops asking, and says so.',
  },
  redirect: {
    group: 'Next steps',
    title: 'Redirect',
    says: 'The app’s own upgrade page comes next. Here the browser stays.',
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
  returned: { group: 'Next steps', title: 'Back again', says: 'Came back from the next page without finishing there.' },
  'elsewhere-email': { group: 'Next steps', title: 'By e-mail', says: 'The customer goes on from a mail.' },
  'elsewhere-webhook': {
    group: 'Next steps',
    title: 'By the app',
    says: 'Somebody at the company takes it from here.',
  },
  completed: { group: 'Good news', title: 'Completed', says: 'The upgrade is active.' },
  'already-accepted': { group: 'Good news', title: 'Already accepted', says: 'By you, in another tab or earlier.' },
  'accepted-by-colleague': {
    group: 'Good news',
    title: 'Accepted by a colleague',
    says: 'Somebody else on the subscription was first.',
  },
  interrupted: {
    group: 'Problems',
    title: 'Interrupted',
    says: 'The network failed. Trying again is safe, and works here.',
  },
  gone: { group: 'Problems', title: 'Gone', says: 'The offer ended before it was accepted.' },
  'failed-billing': {
    group: 'Problems',
    title: 'Billing failed',
    says: 'The subscription could not be changed, or the card was refused.',
  },
  'failed-checkout': {
    group: 'Problems',
    title: 'Checkout abandoned',
    says: 'The hosted page was left without paying.',
  },
  'failed-app': {
    group: 'Problems',
    title: 'App failed',
    says: 'The app reported that it could not set the upgrade up.',
  },
  'failed-expired': {
    group: 'Problems',
    title: 'Fulfillment expired',
    says: 'Nobody finished the fulfillment in its seven days.',
  },
  'failed-internal': {
    group: 'Problems',
    title: 'Failed at Chargebee',
    says: 'Chargebee says that something went wrong on its side.',
  },
  'failed-unsupported': {
    group: 'Problems',
    title: 'Unsupported',
    says: 'A way to fulfill that this version does not know.',
  },
  unlocked: {
    group: 'Feature and silence',
    title: 'Unlocked',
    says: 'The customer has the feature: its slot is shown, and no offer.',
  },
  locked: {
    group: 'Feature and silence',
    title: 'Locked',
    says: 'The customer lacks the feature and there is no offer: the locked slot.',
  },
  nothing: {
    group: 'Feature and silence',
    title: 'No offer',
    says: 'Chargebee has none for this customer. No room is taken.',
    isBlank: true,
  },
  unknown: {
    group: 'Feature and silence',
    title: 'Access unknown',
    says: 'Chargebee cannot be asked. Nothing is unlocked, nothing sold.',
    isBlank: true,
  },
  unreachable: {
    group: 'Feature and silence',
    title: 'Proxy unreachable',
    says: 'The page works on as if there were no offer.',
    isBlank: true,
  },
};

export const STATES: readonly GalleryState[] = Object.keys(DESCRIPTIONS)
  .filter(isMockName)
  .map((name) => ({ name, ...DESCRIPTIONS[name] }));

/** Those of the group that speak of each word asked for; of all groups when it is empty. */
export function findStates(search: string, group: string): readonly GalleryState[] {
  const words = search.toLowerCase().split(/\s+/);
  return STATES.filter((state) => {
    const text = `${state.name} ${state.title} ${state.says}`.toLowerCase();
    return (group === '' || state.group === group) && words.every((word) => text.includes(word));
  });
}
