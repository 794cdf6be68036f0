/**
 * What a call is for; the ones that can wait come first. `sweep`: looking after open fulfillments. `price`: what an option
 * costs, without which its offer is shown as well. `poll`: a customer waits for a fulfillment. `accept`: a customer accepts.
 * `report`: the app says how a fulfillment ended.
 */
export type CallPurpose = 'sweep' | 'event' | 'price' | 'offer' | 'entitlement' | 'poll' | 'accept' | 'report';
