/** One two-way channel between the kiosk screen and the engine, whatever carries it. */
export interface Pipe {
  /** A control message, JSON text. */
  send(message: string): void;
  /** Text is a control message, bytes are a frame. */
  onMessage(listener: (message: string | Uint8Array) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
