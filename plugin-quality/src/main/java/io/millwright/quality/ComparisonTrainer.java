package io.millwright.quality;

import io.millwright.api.Trainer;
import java.util.List;

/**
 * Comparison with a golden template (reference-based inspection), for parts that lie alike such as
 * boards and prints: the shift between the images is found and taken out, then the difference of
 * light; what differs beyond the neighbourhood of each pixel is a difference, and connected
 * differences are regions. Learns from labelled pairs which regions are defects, of what class, and
 * how their boxes are drawn (kernel ridge regression on the shape of a region and on what it
 * connects or parts); a few pairs suffice. Without any marks every region is a {@code defect}, and
 * its confidence says how strong it is, not how probable. Each method gives a new trainer.
 * Immutable and thread-safe.
 */
public interface ComparisonTrainer extends Trainer<List<MarkedPair>, ComparisonModel> {

  /**
   * How far parts may be moved.
   *
   * @param pixels the largest shift along either side, 0 to 64; 12 unless said
   * @return the new trainer
   */
  ComparisonTrainer reach(int pixels);
}
