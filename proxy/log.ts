/** The part of pino's interface that the proxy uses, so that a host can pass its own logger. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
