package io.millwright.quality;

import io.millwright.api.data.Image;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A picture of a part on the line, not read yet.
 *
 * @param name what reports call it
 * @param image reads it, once, on the thread that inspects; throws a {@link
 *     io.millwright.api.MillwrightException} when it cannot be read
 */
public record Frame(String name, Supplier<Image> image) {

  /** Checks. */
  public Frame {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(image, "image");
  }
}
