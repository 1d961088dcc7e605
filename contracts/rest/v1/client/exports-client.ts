// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { exportRoutes } from '#contracts/rest/v1/export-routes';

export function exportsClient(call: Call) {
  return {
    /** Exports, newest first. */
    listExports: call(exportRoutes.listExports),
    /** Asks for a file; it is made in the background, of the people in reach just now. */
    requestExport: call(exportRoutes.requestExport),
    /** How far an export is, and what became of it. */
    readExport: call(exportRoutes.readExport),
    /** Stops an export that is not ready. */
    cancelExport: call(exportRoutes.cancelExport),
    /** The file, whole or from where a broken download ended; its ETag is its SHA-256. */
    fetchExport: call(exportRoutes.fetchExport),
  };
}
