package io.millwright.runtime.text;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.PlainData;
import io.millwright.api.text.TextEncoder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vectors of a frozen sentence encoder, moved to mean 0 and stretched to a mean length of 1
 * over the training texts. Thread-safe.
 */
public final class Meaning {

  private static final Logger LOG = LoggerFactory.getLogger(Meaning.class);

  private final TextEncoder encoder;
  private final float[] mean;
  private final float scale;

  private Meaning(TextEncoder encoder, float[] mean, float scale) {
    this.encoder = encoder;
    this.mean = mean;
    this.scale = scale;
    if (mean.length != encoder.size() || !(scale > 0) || scale > 1e6) {
      throw new IllegalArgumentException(
          mean.length + " means and a scale of " + scale + " for " + encoder.id());
    }
  }

  /** Fits mean and scale. */
  public static Meaning fit(TextEncoder encoder, List<String> texts) {
    float[][] all = encoder.encode(texts);
    float[] mean = new float[encoder.size()];
    for (float[] one : all) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / all.length;
      }
    }
    double length = 0;
    for (float[] one : all) {
      double squares = 0;
      for (int i = 0; i < mean.length; i++) {
        squares += (double) (one[i] - mean[i]) * (one[i] - mean[i]);
      }
      length += Math.sqrt(squares) / all.length;
    }
    return new Meaning(encoder, mean, length > 1e-6 ? (float) (1 / length) : 1);
  }

  static Meaning read(PlainData data) {
    return new Meaning(
        find(data.text("encoder")), Packed.floats(data.text("mean")), (float) data.number("scale"));
  }

  PlainData data() {
    return PlainData.builder()
        .put("encoder", encoder.id())
        .put("mean", Packed.of(mean))
        .put("scale", (double) scale)
        .build();
  }

  int size() {
    return mean.length;
  }

  String id() {
    return encoder.id();
  }

  /** The vectors of texts, as they are or moved and stretched. */
  float[][] of(List<String> texts, boolean centred) {
    float[][] all = encoder.encode(texts);
    if (!centred) {
      return all;
    }
    float[][] moved = new float[all.length][mean.length];
    for (int r = 0; r < all.length; r++) {
      for (int i = 0; i < mean.length; i++) {
        moved[r][i] = (all[r][i] - mean[i]) * scale;
      }
    }
    return moved;
  }

  /** The encoders on the class path that can be used here. */
  public static List<TextEncoder> found() {
    List<TextEncoder> all = new ArrayList<>();
    Iterator<TextEncoder> found =
        ServiceLoader.load(TextEncoder.class, Meaning.class.getClassLoader()).iterator();
    while (true) {
      try {
        if (!found.hasNext()) {
          return all;
        }
        all.add(found.next());
      } catch (ServiceConfigurationError e) {
        // Its jar is there, but not what it needs: a provider that fails is passed over.
        LOG.debug("A sentence encoder cannot be used: {}", e.getMessage());
      }
    }
  }

  private static TextEncoder find(String id) {
    for (TextEncoder encoder : found()) {
      if (encoder.id().equals(id)) {
        return encoder;
      }
    }
    throw new MillwrightException(
        ErrorCode.NO_ENGINE,
        "the model was trained with the sentence encoder "
            + id
            + ", which is not on the class path\n"
            + "Maybe add its artifact, or train the model without encoders");
  }
}
