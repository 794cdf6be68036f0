/** The part of autocannon that `load.ts` uses. The package ships no types. */
declare module 'autocannon' {
  export interface Client {
    setRequests(requests: readonly object[]): void;
  }
  export interface Result {
    readonly '2xx': number;
    readonly non2xx: number;
    readonly errors: number;
  }
  export interface Run extends PromiseLike<Result> {
    on(event: 'response', listener: (client: Client, status: number, bytes: number, ms: number) => void): void;
  }
  export default function autocannon(options: {
    readonly url: string;
    readonly connections: number;
    readonly amount: number;
    readonly sampleInt: number;
    readonly overallRate?: number;
    readonly setupClient: (client: Client) => void;
  }): Run;
}
