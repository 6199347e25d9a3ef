package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.Objects;

/** A recording of vibration with the speed of the shaft. Immutable; its samples are copied. */
public final class Vibration {

  private static final int LEAST = 2048;

  private final String name;
  private final double[] samples;
  private final double sampling;
  private final ShaftSpeed speed;

  private Vibration(String name, double[] samples, double sampling, ShaftSpeed speed) {
    this.name = Objects.requireNonNull(name, "name");
    this.samples = samples.clone();
    this.sampling = sampling;
    this.speed = speed;
  }

  /**
   * A recording at one speed.
   *
   * @param name for messages and answers
   * @param samples acceleration in any unit, finite, at least 2,048
   * @param sampling samples a second, in Hz
   * @param shaft the speed of the shaft, in turns a second (Hz)
   * @return the recording
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} or {@link ErrorCode#TOO_FEW_DATA},
   *     naming what is wrong
   */
  public static Vibration of(String name, double[] samples, double sampling, double shaft) {
    if (!(shaft > 0) || Double.isInfinite(shaft)) {
      throw speed(name, sampling, shaft);
    }
    return of(name, samples, sampling, ShaftSpeed.of(shaft));
  }

  /**
   * A recording at a speed that may change.
   *
   * @param name for messages and answers
   * @param samples acceleration in any unit, finite, at least 2,048
   * @param sampling samples a second, in Hz
   * @param speed the speed of the shaft, its times counted from the first sample
   * @return the recording
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} or {@link ErrorCode#TOO_FEW_DATA},
   *     naming what is wrong
   */
  public static Vibration of(String name, double[] samples, double sampling, ShaftSpeed speed) {
    if (samples.length < LEAST) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          name + " has " + samples.length + " samples\nMaybe record at least " + LEAST);
    }
    if (!(sampling > 0) || Double.isInfinite(sampling)) {
      throw speed(name, sampling, Double.NaN);
    }
    double before = speed.turns(-1 / sampling);
    for (int i = 0; i < samples.length; i++) {
      double now = speed.turns(i / sampling);
      double shaft = (now - before) * sampling;
      if (!(shaft > 0 && shaft < sampling / 20)) {
        throw speed(name, sampling, shaft);
      }
      before = now;
    }
    double first = samples[0];
    boolean constant = true;
    for (int i = 0; i < samples.length; i++) {
      if (!Double.isFinite(samples[i])) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "sample " + (i + 1) + " of " + name + " is " + samples[i] + "\nMaybe cut it out");
      }
      constant &= samples[i] == first;
    }
    if (constant) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "all samples of " + name + " are " + first + "\nMaybe the sensor is not connected");
    }
    return new Vibration(name, samples, sampling, speed);
  }

  private static MillwrightException speed(String name, double sampling, double shaft) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE,
        name
            + " is sampled at "
            + sampling
            + " Hz with a shaft of "
            + shaft
            + " Hz\nMaybe give turns a second, not a minute: the shaft must be below a twentieth"
            + " of the sampling rate");
  }

  /** {@return its name} */
  public String name() {
    return name;
  }

  /** {@return a copy of the samples} */
  public double[] samples() {
    return samples.clone();
  }

  /** {@return samples a second, in Hz} */
  public double sampling() {
    return sampling;
  }

  /** {@return turns of the shaft a second, in Hz: their mean where the speed changes} */
  public double shaft() {
    return speed.mean(0, samples.length / sampling);
  }

  /** {@return the speed of the shaft} */
  public ShaftSpeed speed() {
    return speed;
  }

  @Override
  public String toString() {
    return "Vibration["
        + name
        + ", "
        + samples.length
        + " samples, "
        + sampling
        + " Hz, digest "
        + Arrays.hashCode(samples)
        + "]";
  }
}
