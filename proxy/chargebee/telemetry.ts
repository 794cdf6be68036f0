/**
 * What a host may be told of the calls to Chargebee: the SDK's own hook. Its shape is written down once more here, so that
 * a host can name it without installing the SDK, which comes with the proxy.
 */
export interface ChargebeeTelemetry {
  /** For example the OpenTelemetry adapter from `chargebee/telemetry/otel`. */
  readonly adapter?: TelemetryAdapter;
  /** Sends Chargebee the header that says which of the SDK's features are in use. */
  readonly header?: boolean;
}

export interface TelemetryAdapter {
  /** @returns what `onRequestEnd` of the same call is given, a span for example. It may add headers. */
  onRequestStart(call: TelemetryStart, headers: Record<string, string | number>): unknown;
  onRequestEnd(handle: unknown, call: TelemetryEnd): void;
}

export interface TelemetryStart {
  readonly spanName: string;
  readonly resource: string;
  readonly operation: string;
  readonly httpMethod: string;
  readonly httpUrl: string;
  readonly serverAddress: string;
  readonly chargebeeSite: string;
  readonly chargebeeApiVersion: 'v1' | 'v2';
  readonly sdkName: string;
  readonly sdkVersion: string;
  /** Ready for a span. */
  readonly startAttributes: Record<string, string | string[]>;
}

export interface TelemetryEnd {
  readonly httpStatusCode: number;
  readonly durationMs: number;
  readonly error?: {
    readonly message: string;
    readonly chargebeeErrorCode?: string;
    readonly chargebeeApiErrorType?: string;
    readonly chargebeeErrorParam?: string;
  };
  /** Ready for a span. */
  readonly endAttributes: Record<string, string | number>;
}
