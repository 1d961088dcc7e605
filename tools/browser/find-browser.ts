/** The product's own search, under the name that tests and tools look for. */
export { findBrowser } from '#browser/find-browser';
