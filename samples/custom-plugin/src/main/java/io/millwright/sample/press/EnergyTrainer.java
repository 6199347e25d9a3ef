package io.millwright.sample.press;

import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import java.util.List;

/** Learns the energy of a stroke from strokes that were measured. Immutable and thread-safe. */
public interface EnergyTrainer extends Trainer<List<MeasuredStroke>, Trained<Stroke, Energy>> {

  /**
   * The same with another network.
   *
   * @param network the network
   * @return the new trainer
   */
  EnergyTrainer network(Network network);

  /**
   * The same with other options of learning.
   *
   * @param learning the options
   * @return the new trainer
   */
  EnergyTrainer learning(Learning learning);
}
