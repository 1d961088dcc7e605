declare module 'node-wifi' {
  /** What we use of it: reading, never connecting. */
  interface NodeWifi {
    init(options: { readonly iface: string | null }): void;
    getCurrentConnections(): Promise<readonly { readonly ssid: string; readonly bssid: string }[]>;
  }
  const wifi: NodeWifi;
  // biome-ignore lint: the module is CommonJS and has a default export only
  export default wifi;
}
