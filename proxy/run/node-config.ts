/** The settings of a process, which has a file system: secrets may be in files, as Docker and Kubernetes mount them. */
import { readFileSync } from 'node:fs';
import { readConfig as readConfigFrom, type Config, type Environment } from '../config.js';

/**
 * @param environment each secret in it may also be the path of a file: `SERVER_KEY_FILE` instead of `SERVER_KEY`.
 * @param options.identifiedByHost the host passes its own `identify`, so the settings need no key for tokens.
 * @throws ConfigError with all findings at once. It never contains a value.
 */
export function readConfig(environment: Environment, options: { identifiedByHost?: boolean } = {}): Config {
  return readConfigFrom(environment, { ...options, readFile: (path) => readFileSync(path, 'utf8') });
}
