import { type Browser, chromium, type Page } from 'playwright';
import { fakeCameraArguments } from '#simulators/camera/fake-camera';

export interface KioskWindowOptions {
  readonly executablePath: string;
  readonly cameraFile: string;
  /** Of the kiosk, with its token. */
  readonly url: string;
  readonly look: 'headless' | 'shown';
  /** Every text message that the engine sends down the pipe, as the page gets it. */
  readonly onTold?: (text: string) => void;
}

/** The size of a common kiosk panel. */
const PANEL = { width: 1280, height: 800 } as const;
const OPEN_MS = 60_000;

/** The real kiosk page in a real Chromium, which takes the simulated camera for a device. */
export class KioskWindow {
  readonly page: Page;
  readonly #browser: Browser;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  static async open(options: KioskWindowOptions): Promise<KioskWindow> {
    const browser = await chromium.launch({
      executablePath: options.executablePath,
      headless: options.look === 'headless',
      args: [
        ...fakeCameraArguments(options.cameraFile),
        '--autoplay-policy=no-user-gesture-required',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Chromium refuses root otherwise
      ],
      // Whoever opened the window closes it, in its own order.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const page = await browser.newPage({ viewport: PANEL });
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        if (typeof payload === 'string') options.onTold?.(payload);
      });
    });
    await page.goto(options.url, { timeout: OPEN_MS });
    await page.locator('#kiosk > *').first().waitFor({ timeout: OPEN_MS });
    return new KioskWindow(browser, page);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
