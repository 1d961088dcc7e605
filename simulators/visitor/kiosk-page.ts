/**
 * The kiosk as a body meets it: touched, typed at, read. Playwright drives a current browser; an
 * older Electron is driven over its DevTools; what people do at the screen is written once.
 */
export interface KioskPage {
  /** Presses the first button whose name contains one of these; waits until there is one. */
  click(...names: readonly string[]): Promise<void>;
  /** Waits until a button of such a name is there. @returns which */
  offered(...names: readonly string[]): Promise<string>;
  /** Holds a finger on the element. */
  hold(selector: string, durationMs: number): Promise<void>;
  /** On a keyboard at the terminal. */
  type(text: string): Promise<void>;
  /** Replaces what is in the labelled text field; waits until there is one. */
  fill(label: string, text: string): Promise<void>;
  /** @returns what the first match says, empty when there is none */
  read(selector: string): Promise<string>;
  /** @returns a PNG */
  picture(): Promise<Uint8Array>;
}
