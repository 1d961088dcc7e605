/** From where somebody asks, as far as the hub sees it. */
export interface Device {
  readonly address: string;
  readonly browser: string;
}
