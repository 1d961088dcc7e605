import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { App } from '#renderer/app.tsx';
import { KioskContext } from '#renderer/kiosk/kiosk.tsx';
import { KioskSession } from '#renderer/kiosk/kiosk-session';
import { findCarrier } from '#renderer/pipe/shell';
import { loadSettings } from '#renderer/settings/settings';
import './look/kiosk.css';

// Zod would probe for `eval`, which the content security policy refuses, loudly.
config({ jitless: true });

/** The oldest shell's Chromium has no Temporal yet. */
async function loadTemporal(): Promise<void> {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
}

async function openKiosk(): Promise<void> {
  const carrier = findCarrier();
  await loadTemporal();
  const session = new KioskSession(carrier, loadSettings(localStorage));
  session.start();
  const root = document.querySelector('#kiosk');
  if (root === null) throw new Error('index.html has no #kiosk');
  createRoot(root).render(
    <KioskContext value={session}>
      <App />
    </KioskContext>,
  );
}

void openKiosk();
