package io.millwright.runtime.network;

import java.nio.file.Path;
import java.util.List;

/** An engine that also writes networks in a form that other software serves. Thread-safe. */
public interface GraphWriter {

  /**
   * How the outputs of members become the answer of the written graph.
   *
   * @param classes whether outputs are logits, whose softmax is averaged; otherwise the outputs are
   * @param offset added to the average, 0 for classes
   * @param scale multiplied with the average first, 1 for classes
   * @param views what each member is asked for; its outputs are averaged over them first of all
   */
  record Reading(boolean classes, double offset, double scale, Views views) {}

  /**
   * Writes a folder.
   *
   * @param plans the network of each member, which all take the same input
   * @param members the weights of each member
   * @param shares what each member counts; together 1
   * @param reading how outputs become answers
   * @param folder made; must not exist, or be empty
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#IO_FAILED}
   */
  void write(
      List<NetworkPlan> plans,
      List<Weights> members,
      double[] shares,
      Reading reading,
      Path folder);
}
