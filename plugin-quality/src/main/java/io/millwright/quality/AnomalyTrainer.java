package io.millwright.quality;

import io.millwright.api.Trainer;
import io.millwright.api.foreign.Backbone;
import java.nio.file.Path;
import java.util.List;

/**
 * Learns what good parts look like, from images of good parts alone, all taken from the same place:
 * cells of an image are compared with cells of good images at the same place and beside it (memory
 * of patch features with coreset, after Roth et al. 2022, "PatchCore", position-aware). Without a
 * backbone the image as a whole is compared with the principal components of good ones as well;
 * whether it counts is chosen by defects planted on good images held out (after Li et al. 2021,
 * "CutPaste"). The labels of the images are not looked at; images of one group are never divided
 * between memory and threshold. Each method gives a new trainer. Immutable and thread-safe.
 */
public interface AnomalyTrainer extends Trainer<List<LabelledImage>, AnomalyModel> {

  /**
   * Takes features of a frozen image network instead of the own filter bank. Layers empty to take
   * the last of each resolution between 16 and 64 places a side.
   *
   * @param network an ONNX file
   * @return the new trainer
   */
  AnomalyTrainer backbone(Backbone network);

  /**
   * Keeps the features of a backbone on disk.
   *
   * @param folder where
   * @param mostBytes how much it may take, at least 1 MiB
   * @return the new trainer
   */
  AnomalyTrainer cache(Path folder, long mostBytes);

  /**
   * How many good parts may raise an alarm.
   *
   * @param rate above 0 and below 1; 0.05 unless said
   * @return the new trainer
   */
  AnomalyTrainer falseAlarms(double rate);

  /**
   * Another key, by which groups are divided.
   *
   * @param key the key; 0 unless said
   * @return the new trainer
   */
  AnomalyTrainer key(long key);
}
