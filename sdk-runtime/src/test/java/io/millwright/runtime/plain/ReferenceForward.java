package io.millwright.runtime.plain;

import io.millwright.api.learn.Direction;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Route;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedChain;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Slice;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The forward pass once more, from the definitions of {@link Layer} and {@link NetworkPlan} alone:
 * one input at a time, double precision, plain loops over {@code [step][feature]}. A vector is a
 * sequence of one step, an image a sequence of its pixels.
 */
public final class ReferenceForward {

  private final NetworkPlan plan;
  private final Weights weights;
  private final DoubleSupplier rounding;
  private final List<double[][]> inputs = new ArrayList<>();

  /** Without rounding. */
  public ReferenceForward(NetworkPlan plan, Weights weights) {
    this(plan, weights, () -> 0);
  }

  /**
   * @param rounding gives by what part of itself each value that leaves a layer is off, and each
   *     mean within one
   */
  public ReferenceForward(NetworkPlan plan, Weights weights, DoubleSupplier rounding) {
    this.plan = plan;
    this.weights = weights;
    this.rounding = rounding;
  }

  /** The outputs for one input. */
  public double[] run(float[] input) {
    inputs.clear();
    for (Slice slice : plan.inputs()) {
      int f = slice.shape().features();
      double[][] x = new double[slice.shape().positions()][f];
      for (int i = 0; i < slice.shape().size(); i++) {
        x[i / f][i % f] = input[slice.offset() + i];
      }
      inputs.add(x);
    }
    double[] outputs = new double[plan.outputs()];
    through(plan.layers(), inputs.get(0), outputs);
    return outputs;
  }

  private double[][] through(PlannedChain chain, double[][] x, double[] outputs) {
    return through(chain.layers(), chain.input() < 0 ? x : inputs.get(chain.input()), outputs);
  }

  private double[][] through(List<PlannedLayer> layers, double[][] x, double[] outputs) {
    double[][] y = x;
    for (PlannedLayer layer : layers) {
      y = layer(layer, y, outputs);
      for (double[] step : y) {
        for (int i = 0; i < step.length; i++) {
          step[i] *= 1 + rounding.getAsDouble();
        }
      }
      if (layer.outlet() >= 0) {
        Slice slice = plan.slices().get(layer.outlet());
        int f = slice.shape().features();
        for (int i = 0; i < slice.shape().size(); i++) {
          outputs[slice.offset() + i] = y[i / f][i % f];
        }
      }
    }
    return y;
  }

  private double w(int array, int index) {
    return weights.get(array)[index];
  }

  private double[] linear(int matrix, int bias, int out, double[] x) {
    double[] y = new double[out];
    for (int o = 0; o < out; o++) {
      y[o] = w(bias, o);
      for (int i = 0; i < x.length; i++) {
        y[o] += w(matrix, o * x.length + i) * x[i];
      }
    }
    return y;
  }

  private double[] waves(Layer.Periodic p, int first, double[] x) {
    int k = p.waves();
    double[] y = new double[x.length * p.units()];
    for (int unit = 0; unit < y.length; unit++) {
      int feature = unit / p.units();
      y[unit] = w(first + 2, unit);
      for (int i = 0; i < k; i++) {
        double angle = 2 * Math.PI * p.spread() * w(first, feature * k + i) * x[feature];
        y[unit] += w(first + 1, unit * 2 * k + i) * Math.sin(angle);
        y[unit] += w(first + 1, unit * 2 * k + k + i) * Math.cos(angle);
      }
    }
    return y;
  }

  private double[][] layer(PlannedLayer p, double[][] x, double[] outputs) {
    Layer layer = p.layer();
    int first = p.first();
    if (layer instanceof Layer.Dense d) {
      double[][] y = new double[x.length][];
      for (int t = 0; t < x.length; t++) {
        y[t] =
            ReferenceActivation.activate(d.activation(), linear(first, first + 1, d.units(), x[t]));
      }
      return y;
    } else if (layer instanceof Layer.Lstm l) {
      return lstm(l, first, x);
    } else if (layer instanceof Layer.Gru g) {
      return gru(g, first, x);
    } else if (layer instanceof Layer.Conv1d c) {
      return convolve(c, first, x);
    } else if (layer instanceof Layer.Pool1d pool) {
      double[][] y = new double[x.length / pool.size()][];
      for (int t = 0; t < y.length; t++) {
        y[t] = pooled(pool.kind(), x, t * pool.size(), pool.size());
      }
      return y;
    } else if (layer instanceof Layer.Conv2d c) {
      return convolve(c, first, x, p);
    } else if (layer instanceof Layer.Pool2d pool) {
      double[][] y = new double[p.out().positions()][];
      for (int t = 0; t < y.length; t++) {
        int row = t / p.out().steps() * pool.size();
        int column = t % p.out().steps() * pool.size();
        double[][] square = new double[pool.size() * pool.size()][];
        for (int k = 0; k < square.length; k++) {
          square[k] = x[(row + k / pool.size()) * p.in().steps() + column + k % pool.size()];
        }
        y[t] = pooled(pool.kind(), square, 0, square.length);
      }
      return y;
    } else if (layer instanceof Layer.GroupNorm g) {
      int each = x[0].length / g.groups();
      double[][] y = new double[x.length][x[0].length];
      for (int i = 0; i < x[0].length; i++) {
        double mean = 0;
        double square = 0;
        for (int k = i / each * each; k < (i / each + 1) * each; k++) {
          for (double[] pixel : x) {
            mean += pixel[k] / (each * x.length);
          }
        }
        mean *= 1 + rounding.getAsDouble();
        for (int k = i / each * each; k < (i / each + 1) * each; k++) {
          for (double[] pixel : x) {
            square += (pixel[k] - mean) * (pixel[k] - mean) / (each * x.length);
          }
        }
        for (int t = 0; t < x.length; t++) {
          double normal = (x[t][i] - mean) / Math.sqrt(square + 1e-5);
          y[t][i] =
              ReferenceActivation.activate(g.activation(), normal * w(first, i) + w(first + 1, i));
        }
      }
      return y;
    } else if (layer instanceof Layer.GlobalPool pool) {
      return new double[][] {pooled(pool.kind(), x, 0, x.length)};
    } else if (layer instanceof Layer.Flatten) {
      int f = x[0].length;
      double[] flat = new double[x.length * f];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = x[i / f][i % f];
      }
      return new double[][] {flat};
    } else if (layer instanceof Layer.LayerNorm) {
      return normalised(first, x);
    } else if (layer instanceof Layer.Periodic wave) {
      double[][] y = new double[x.length][];
      for (int t = 0; t < x.length; t++) {
        y[t] = ReferenceActivation.activate(wave.activation(), waves(wave, first, x[t]));
      }
      return y;
    } else if (layer instanceof Layer.PositionalEncoding) {
      int f = x[0].length;
      double[][] y = new double[x.length][f];
      for (int t = 0; t < x.length; t++) {
        for (int i = 0; i < f; i++) {
          int pair = i - i % 2;
          double angle = t * Math.exp(-Math.log(10000) * pair / f);
          y[t][i] = x[t][i] + (i == pair ? Math.sin(angle) : Math.cos(angle));
        }
      }
      return y;
    } else if (layer instanceof Layer.Attention a) {
      return attend(a, first, x);
    } else if (layer instanceof Layer.Residual) {
      double[][] inner = through(p.chains().get(0), x, outputs);
      double[][] y = new double[x.length][];
      for (int t = 0; t < x.length; t++) {
        y[t] = p.projected() ? linear(first, first + 1, inner[t].length, x[t]) : x[t].clone();
        for (int i = 0; i < y[t].length; i++) {
          y[t][i] += inner[t][i];
        }
      }
      return y;
    }
    return routed(p, x, outputs);
  }

  private double[][] routed(PlannedLayer p, double[][] x, double[] outputs) {
    Layer layer = p.layer();
    double[][] y = new double[p.out().positions()][p.out().features()];
    if (layer instanceof Layer.Embedding e) {
      for (int t = 0; t < y.length; t++) {
        for (int i = 0; i < y[t].length; i++) {
          double value = x[t][i / e.size()];
          boolean known = Math.rint(value) == value && value > 0 && value <= e.ids() - 1;
          y[t][i] = w(p.first(), (known ? (int) value : 0) * e.size() + i % e.size());
        }
      }
    } else if (layer instanceof Layer.Limits l) {
      for (int t = 0; t < y.length; t++) {
        for (int i = 0; i < y[t].length; i++) {
          y[t][i] = Math.min(Math.max(x[t][i], l.low().get(i)), l.high().get(i));
        }
      }
    } else if (layer instanceof Layer.Monotone m) {
      monotone(m, p.first(), x, y);
    } else if (layer instanceof Route.Select s) {
      for (int t = 0; t < y.length; t++) {
        for (int i = 0; i < y[t].length; i++) {
          y[t][i] = x[t][s.features().get(i)];
        }
      }
    } else if (layer instanceof Route.Repeat) {
      for (int t = 0; t < y.length; t++) {
        y[t] = x[0].clone();
      }
    } else if (layer instanceof Route.Upsample u) {
      for (int t = 0; t < y.length; t++) {
        int row = t / p.out().steps() / u.factor();
        int column = t % p.out().steps() / u.factor();
        y[t] = x[row * p.in().steps() + column].clone();
      }
    } else if (layer instanceof Route.Reshape) {
      for (int i = 0; i < p.out().size(); i++) {
        y[i / p.out().features()][i % p.out().features()] = x[i / x[0].length][i % x[0].length];
      }
    } else if (layer instanceof Route.Branches b) {
      int at = 0;
      for (PlannedChain chain : p.chains()) {
        double[][] part = through(chain, x, outputs);
        for (int t = 0; t < y.length; t++) {
          for (int i = 0; i < part[t].length; i++) {
            switch (b.join()) {
              case CONCATENATE -> y[t][at + i] = part[t][i];
              case ADD -> y[t][i] += part[t][i];
              case MULTIPLY -> y[t][i] = (at == 0 ? 1 : y[t][i]) * part[t][i];
            }
          }
        }
        at += part[0].length;
      }
    } else if (layer instanceof Route.Tap) {
      through(p.chains().get(0), x, outputs);
      return x;
    } else {
      return x; // dropout
    }
    return y;
  }

  private void monotone(Layer.Monotone m, int first, double[][] x, double[][] y) {
    for (int t = 0; t < y.length; t++) {
      for (int u = 0; u < m.units(); u++) {
        double sum = w(first + 1, u);
        for (int i = 0; i < x[t].length; i++) {
          double weight = w(first, u * x[t].length + i);
          Direction direction = m.directions().isEmpty() ? Direction.UP : m.directions().get(i);
          sum +=
              x[t][i]
                  * switch (direction) {
                    case FREE -> weight;
                    case UP -> Math.abs(weight);
                    case DOWN -> -Math.abs(weight);
                  };
        }
        int third = m.units() / 3;
        if (!m.bent()) {
          y[t][u] = sum;
        } else if (u < third) {
          y[t][u] = Math.max(sum, 0);
        } else if (u < 2 * third) {
          y[t][u] = Math.min(sum, 0);
        } else {
          y[t][u] = Math.min(Math.max(sum, -1), 1);
        }
      }
    }
  }

  private double[][] lstm(Layer.Lstm l, int first, double[][] x) {
    int n = l.units();
    double[] h = new double[n];
    double[] c = new double[n];
    double[][] states = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] z = linear(first, first + 2, 4 * n, x[t]);
      for (int o = 0; o < 4 * n; o++) {
        for (int i = 0; i < n; i++) {
          z[o] += w(first + 1, o * n + i) * h[i];
        }
      }
      double[] next = new double[n];
      for (int i = 0; i < n; i++) {
        double candidate = ReferenceActivation.activate(l.cell(), z[2 * n + i]);
        c[i] =
            ReferenceActivation.sigmoid(z[n + i]) * c[i]
                + ReferenceActivation.sigmoid(z[i]) * candidate;
        next[i] =
            ReferenceActivation.sigmoid(z[3 * n + i])
                * ReferenceActivation.activate(l.cell(), c[i]);
      }
      h = next;
      states[t] = next;
    }
    return l.sequences() ? states : new double[][] {h};
  }

  private double[][] gru(Layer.Gru g, int first, double[][] x) {
    int n = g.units();
    double[] h = new double[n];
    double[][] states = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] a = linear(first, first + 2, 3 * n, x[t]);
      double[] b = linear(first + 1, first + 3, 3 * n, h);
      double[] next = new double[n];
      for (int i = 0; i < n; i++) {
        double reset = ReferenceActivation.sigmoid(a[i] + b[i]);
        double update = ReferenceActivation.sigmoid(a[n + i] + b[n + i]);
        double candidate =
            ReferenceActivation.activate(g.cell(), a[2 * n + i] + reset * b[2 * n + i]);
        next[i] = (1 - update) * candidate + update * h[i];
      }
      h = next;
      states[t] = next;
    }
    return g.sequences() ? states : new double[][] {h};
  }

  private double[][] convolve(Layer.Conv1d c, int first, double[][] x) {
    int f = x[0].length;
    int reach = (c.kernel() - 1) * c.dilation();
    int before =
        switch (c.padding()) {
          case VALID -> 0;
          case SAME -> reach / 2;
          case CAUSAL -> reach;
        };
    int after = c.padding() == Layer.Padding.SAME ? reach - reach / 2 : 0;
    double[][] padded = new double[before + x.length + after][f];
    System.arraycopy(x, 0, padded, before, x.length);
    double[][] y = new double[(padded.length - reach - 1) / c.stride() + 1][c.filters()];
    for (int t = 0; t < y.length; t++) {
      for (int o = 0; o < c.filters(); o++) {
        double sum = w(first + 1, o);
        for (int k = 0; k < c.kernel(); k++) {
          for (int i = 0; i < f; i++) {
            sum +=
                w(first, (o * f + i) * c.kernel() + k)
                    * padded[t * c.stride() + k * c.dilation()][i];
          }
        }
        y[t][o] = ReferenceActivation.activate(c.activation(), sum);
      }
    }
    return y;
  }

  private double[][] convolve(Layer.Conv2d c, int first, double[][] x, PlannedLayer p) {
    int before = c.padding() == Layer.Padding.SAME ? (c.kernel() - 1) / 2 : 0;
    int f = x[0].length;
    double[][] y = new double[p.out().positions()][c.filters()];
    for (int t = 0; t < y.length; t++) {
      for (int o = 0; o < c.filters(); o++) {
        double sum = w(first + 1, o);
        for (int a = 0; a < c.kernel(); a++) {
          for (int b = 0; b < c.kernel(); b++) {
            int row = t / p.out().steps() * c.stride() + a - before;
            int column = t % p.out().steps() * c.stride() + b - before;
            boolean inside =
                row >= 0 && column >= 0 && row < p.in().height() && column < p.in().steps();
            for (int i = 0; i < f && inside; i++) {
              sum +=
                  w(first, ((o * f + i) * c.kernel() + a) * c.kernel() + b)
                      * x[row * p.in().steps() + column][i];
            }
          }
        }
        y[t][o] = ReferenceActivation.activate(c.activation(), sum);
      }
    }
    return y;
  }

  private static double[] pooled(Layer.Pooling kind, double[][] x, int from, int size) {
    double[] y = x[from + size - 1].clone();
    for (int i = 0; i < y.length && kind != Layer.Pooling.LAST; i++) {
      for (int t = from; t < from + size - 1; t++) {
        y[i] = kind == Layer.Pooling.MAX ? Math.max(y[i], x[t][i]) : y[i] + x[t][i];
      }
      if (kind == Layer.Pooling.AVERAGE) {
        y[i] /= size;
      }
    }
    return y;
  }

  private double[][] normalised(int first, double[][] x) {
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double mean = 0;
      double square = 0;
      for (double v : x[t]) {
        mean += v / x[t].length;
      }
      mean *= 1 + rounding.getAsDouble();
      for (double v : x[t]) {
        square += (v - mean) * (v - mean) / x[t].length;
      }
      y[t] = x[t].clone();
      for (int i = 0; i < y[t].length; i++) {
        y[t][i] = (y[t][i] - mean) / Math.sqrt(square + 1e-5) * w(first, i) + w(first + 1, i);
      }
    }
    return y;
  }

  private double[][] attend(Layer.Attention a, int first, double[][] x) {
    int f = x[0].length;
    int size = f / a.heads();
    double[][] qkv = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      qkv[t] = linear(first, first + 1, 3 * f, x[t]);
    }
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] mixed = new double[f];
      for (int h = 0; h < a.heads(); h++) {
        double[] weight = new double[x.length];
        double sum = 0;
        for (int s = 0; s < (a.causal() ? t + 1 : x.length); s++) {
          double score = 0;
          for (int i = h * size; i < (h + 1) * size; i++) {
            score += qkv[t][i] * qkv[s][f + i];
          }
          weight[s] = Math.exp(score / Math.sqrt(size));
          sum += weight[s];
        }
        for (int s = 0; s < x.length; s++) {
          for (int i = h * size; i < (h + 1) * size; i++) {
            mixed[i] += weight[s] / sum * qkv[s][2 * f + i];
          }
        }
      }
      y[t] = linear(first + 2, first + 3, f, mixed);
    }
    return y;
  }
}
