/** The product's own search, under the name that tests and tools look for. */
export { type Browser, findBrowser } from '#browser/find-browser';
