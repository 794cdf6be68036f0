/** What the proxy needs of a logger: a part of pino's, so that a host can pass its own. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
