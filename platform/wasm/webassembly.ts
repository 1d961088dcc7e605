/** A compiled module; only an instance of it does anything. */
export type WasmModule = object;

export interface WasmMemory {
  /** A new object after every `grow`. */
  readonly buffer: ArrayBuffer;
  /** @param pages of 64 KiB */
  grow(pages: number): number;
}

type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: Imports,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => WasmMemory;
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node has WebAssembly; TypeScript declares it with the DOM only, which these rooms must not see
export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi })
  .WebAssembly;
