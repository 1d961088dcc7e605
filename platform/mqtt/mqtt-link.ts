/** One connection to a broker, kept alive by itself; nothing sent through it counts as delivered. */
export interface MqttLink {
  /** QoS 1. Rejects when not connected: the caller's own log is the queue, the library's is off. */
  publish(topic: string, payload: string, options: { readonly retain: boolean }): Promise<void>;
  /** Subscribed again after every reconnect. */
  subscribe(filter: string): Promise<void>;
  onMessage(listener: (topic: string, payload: Uint8Array) => void): void;
  onState(listener: (state: LinkState) => void): void;
  close(): Promise<void>;
}

export type LinkState =
  | { readonly connected: true }
  | {
      readonly connected: false;
      readonly reason: 'unreachable' | 'refused' | 'untrusted' | 'closed';
    };

export interface LinkOptions {
  readonly url: string;
  /** PEM text of a private certificate authority. */
  readonly ca?: string | undefined;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  readonly will: { readonly topic: string; readonly payload: string };
}
