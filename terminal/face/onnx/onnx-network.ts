import { InferenceSession, Tensor } from 'onnxruntime-node';
import { assert } from '#domain/assert';

export interface NetworkOptions {
  readonly weights: Uint8Array;
  readonly inputShape: readonly number[];
  readonly threads: number;
}

type Outputs = Readonly<Record<string, Float32Array>>;

/**
 * One network and its input tensor. The input is written and read within one turn, and turns wait
 * for each other, so overlapping callers cannot mix their pictures.
 */
export class OnnxNetwork {
  readonly #session: InferenceSession;
  readonly #feeds: Record<string, Tensor>;
  readonly #input: Float32Array;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(session: InferenceSession, shape: readonly number[]) {
    this.#session = session;
    this.#input = new Float32Array(shape.reduce((product, side) => product * side, 1));
    const name = session.inputNames[0] ?? 'input';
    this.#feeds = { [name]: new Tensor('float32', this.#input, shape) };
  }

  /** @throws Error from the runtime when the weights are not a network it can run */
  static async open({ weights, inputShape, threads }: NetworkOptions): Promise<OnnxNetwork> {
    const session = await InferenceSession.create(weights, {
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      enableCpuMemArena: true, // 15 MB more for 2 ms less a frame: without it every run maps memory anew
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: '0' } } }, // an idle kiosk does not heat
    });
    return new OnnxNetwork(session, inputShape);
  }

  async run(fill: (input: Float32Array) => void): Promise<Outputs> {
    const turn = this.#turn.then(async () => {
      fill(this.#input);
      return readOutputs(await this.#session.run(this.#feeds));
    });
    this.#turn = turn.catch(() => undefined); // the caller gets the failure; the next turn starts clean
    return await turn;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#session.release();
  }
}

function readOutputs(outputs: InferenceSession.OnnxValueMapType): Outputs {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => {
      const { data } = value;
      assert(data instanceof Float32Array, `output ${name} is float32`);
      return [name, data];
    }),
  );
}
