/**
 * Runs before our page, sandboxed, in a world of its own. Says how to reach the engine, and carries
 * its port across: a port cannot pass `contextBridge`, so it is posted to the page.
 */
import { contextBridge, ipcRenderer } from 'electron';

const PORT_OFFERED = 'lintel-pipe';
const PORT_WANTED = 'lintel-pipe-wanted';

// R-EL1: asserted where it matters, at run time; without them nothing below happens.
if (!process.sandboxed || !process.contextIsolated) {
  throw new Error('this page must be sandboxed and isolated');
}

const pipe: unknown = ipcRenderer.sendSync('shell.pipe');
contextBridge.exposeInMainWorld('lintelShell', { pipe });

window.addEventListener('message', (event) => {
  if (event.source === window && event.data === PORT_WANTED) ipcRenderer.send('pipe.wanted');
});
ipcRenderer.on('pipe.offered', (event) => {
  window.postMessage(PORT_OFFERED, window.location.origin, event.ports);
});
