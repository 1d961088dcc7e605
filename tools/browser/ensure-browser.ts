/** The product's own installer of last resort, under the name that tests and tools look for. */
export { ensureBrowser } from '#browser/ensure-browser';
