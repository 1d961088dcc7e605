import '../resources/look/fonts.css';
import '../resources/look/tokens.css';
import './look/console.css';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';

/** Browsers without Temporal get it here, once, before anything that reads a time is loaded. */
async function start(): Promise<void> {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
  const { App } = await import('#console/app/app.tsx');
  const { CrashBoundary } = await import('#console/app/crash-boundary.tsx');
  const { startLanguage } = await import('#console/language/language');
  const words = await startLanguage(localStorage);
  const root = document.querySelector('#console');
  if (root === null) throw new Error('index.html has no #console');
  createRoot(root).render(
    <I18nextProvider i18n={words}>
      <CrashBoundary>
        <App />
      </CrashBoundary>
    </I18nextProvider>,
  );
}

void start();
