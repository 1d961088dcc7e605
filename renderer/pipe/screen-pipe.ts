import type { Pipe } from '#contracts/ipc/pipe';

/** The screen's end of the pipe; it alone sends frames. */
export interface ScreenPipe extends Pipe {
  sendFrame(message: Uint8Array<ArrayBuffer>): void;
}

/** Opens the pipe once; the client calls it again after every loss. */
export type OpenPipe = () => Promise<ScreenPipe>;
