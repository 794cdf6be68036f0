/**
 * How a host can observe the calls to Chargebee: the SDK's own hook. Its shape is repeated here so that a host can use the
 * type without installing the SDK, which is bundled with the proxy.
 */
export interface ChargebeeTelemetry {
  /** For example the OpenTelemetry adapter from `chargebee/telemetry/otel`. */
  readonly adapter?: TelemetryAdapter;
  /** Sends Chargebee the header that lists the SDK features in use. */
  readonly header?: boolean;
}

export interface TelemetryAdapter {
  /** May add headers. @returns what `onRequestEnd` of the same call receives, for example a span. */
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
