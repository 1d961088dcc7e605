/**
 * Electron brings a Node of its own, which may be older than the one Lintel asks for: where `Temporal`
 * is missing, the polyfill takes its place. Imported first by every entry of this room, and nowhere else.
 */
import 'temporal-polyfill/global';
