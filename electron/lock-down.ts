import { app, type WebContents } from 'electron';
import { isOwnUrl } from '#electron/own-page';

/** No page ever leaves ours, opens another, or embeds one: there is no way out of the kiosk. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!isOwnUrl(url)) stay(event);
    });
    contents.on('will-redirect', stay);
    contents.on('will-attach-webview', stay);
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('before-input-event', (event, input) => {
      if (isWayOut(input)) event.preventDefault();
    });
  });
}

function stay(event: { preventDefault(): void }): void {
  event.preventDefault();
}

/** Keys that print, reload, close, zoom or open tools; letters and digits of the PIN pad pass. */
function isWayOut(input: Electron.Input): boolean {
  const command = input.control || input.meta || input.alt;
  return /^F([1-9]|1[0-2])$/.test(input.key) || (command && input.key !== 'AltGraph');
}

/** Requests to anywhere but our page and the engine's socket end here, whatever the page's policy says. */
export function allowOnly(contents: WebContents, connectTo: () => readonly string[]): void {
  contents.session.webRequest.onBeforeRequest(({ url }, answer) => {
    const local = isOwnUrl(url) || /^(blob|data|devtools):/.test(url);
    const engine = connectTo().some((address) => url.startsWith(address));
    answer({ cancel: !local && !engine });
  });
}
