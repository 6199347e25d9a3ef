package io.millwright.runtime.plain;

import io.millwright.api.learn.Layer;

/**
 * Self-attention with several heads: softmax(Q K' / sqrt(features per head)) V for each head, side
 * by side, then a linear layer.
 */
final class AttentionKernel implements Kernel {

  /**
   * Where it works.
   *
   * @param in the input
   * @param out the output
   * @param projected queries, keys and values of all steps
   * @param mixed the heads' results
   * @param scores one query's scores
   */
  record Places(int in, int out, int projected, int mixed, int scores) {}

  private final Places places;
  private final int steps;
  private final int features;
  private final int heads;
  private final boolean causal;
  private final Product input;
  private final float[] inputBias;
  private final Product output;
  private final float[] outputBias;

  AttentionKernel(
      Places places,
      int steps,
      int features,
      Layer.Attention layer,
      Product input,
      float[] inputBias,
      Product output,
      float[] outputBias) {
    this.places = places;
    this.steps = steps;
    this.features = features;
    this.heads = layer.heads();
    this.causal = layer.causal();
    this.input = input;
    this.inputBias = inputBias;
    this.output = output;
    this.outputBias = outputBias;
  }

  @Override
  public void run(Scratch scratch, int rows) {
    int all = rows * steps;
    float[] qkv = scratch.get(places.projected());
    Product.start(inputBias, qkv, 0, 3 * features, all);
    input.add(scratch.get(places.in()), 0, features, qkv, 0, 3 * features, all, scratch.sum());
    float[] mixed = scratch.get(places.mixed());
    float[] scores = scratch.get(places.scores());
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < steps; t++) {
        for (int h = 0; h < heads; h++) {
          head(qkv, r * steps, t, h, scores, mixed);
        }
      }
    }
    float[] out = scratch.get(places.out());
    Product.start(outputBias, out, 0, features, all);
    output.add(mixed, 0, features, out, 0, features, all, scratch.sum());
  }

  private void head(float[] qkv, int first, int t, int h, float[] scores, float[] mixed) {
    int size = features / heads;
    int width = 3 * features;
    int query = (first + t) * width + h * size;
    int seen = causal ? t + 1 : steps;
    float scale = (float) (1 / Math.sqrt(size));
    for (int s = 0; s < seen; s++) {
      int key = (first + s) * width + features + h * size;
      float sum = 0;
      for (int i = 0; i < size; i++) {
        sum += qkv[query + i] * qkv[key + i];
      }
      scores[s] = sum * scale;
    }
    Functions.softmax(scores, 0, seen);
    int to = (first + t) * features + h * size;
    for (int i = 0; i < size; i++) {
      mixed[to + i] = 0;
    }
    for (int s = 0; s < seen; s++) {
      int value = (first + s) * width + 2 * features + h * size;
      float a = scores[s];
      for (int i = 0; i < size; i++) {
        mixed[to + i] += a * qkv[value + i];
      }
    }
  }
}
